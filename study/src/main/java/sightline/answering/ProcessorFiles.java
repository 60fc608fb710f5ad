package sightline.answering;

import java.nio.file.Path;
import java.util.List;
import sightline.dataset.Dataset;
import sightline.files.FileHash;

/** What tokens and pixels depend on beside the weights, for manifests. */
public final class ProcessorFiles {
    private static final List<String> NAMES = List.of(
            "chat_template.json",
            "generation_config.json",
            "preprocessor_config.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");

    private ProcessorFiles() {}

    /** One SHA-256 over those files of a checkpoint. */
    public static String hash(Path checkpoint) {
        return FileHash.of(checkpoint, NAMES);
    }

    /** The wording around a dataset's questions, with its slots. */
    public static String wording(Dataset dataset) {
        List<String> slots = List.of("{choice0}", "{choice1}", "{choice2}", "{choice3}");
        int choices = dataset.prompt().choices();
        return dataset.prompt().fill("{question}", slots.subList(0, choices)).text();
    }
}
