package sightline.answering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sightline.checkpoint.CheckpointFiles;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.model.LoadOptions;
import sightline.text.ChatTemplate;

/** What tokens and pixels depend on beside the weights, for manifests. */
public final class ProcessorFiles {
    /** Newer folders keep further templates here. */
    private static final String MORE_TEMPLATES = "additional_chat_templates";

    private ProcessorFiles() {}

    /**
     * One SHA-256 over {@link CheckpointFiles#PROCESSOR} and further templates of a checkpoint, as it is loaded. Of a template that is given in place of the
     * checkpoint's the text counts, wherever it lies.
     */
    public static String hash(Path checkpoint, LoadOptions loading) {
        List<String> names = new ArrayList<>(CheckpointFiles.PROCESSOR);
        names.addAll(moreTemplates(checkpoint));
        String files = FileHash.of(checkpoint, names);
        return loading.chatTemplate()
                .map(given -> FileHash.ofText(files + " " + ChatTemplate.text(given)))
                .orElse(files);
    }

    private static List<String> moreTemplates(Path checkpoint) {
        Path folder = checkpoint.resolve(MORE_TEMPLATES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> MORE_TEMPLATES + "/" + file.getFileName())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(), "cannot be listed: " + e, "a readable folder", "Check its permissions", e);
        }
    }

    /** The wording around a dataset's questions, with its slots. */
    public static String wording(Dataset dataset) {
        List<String> slots = List.of("{choice0}", "{choice1}", "{choice2}", "{choice3}");
        int choices = dataset.prompt().choices();
        return dataset.prompt().fill("{question}", slots.subList(0, choices)).text();
    }
}
