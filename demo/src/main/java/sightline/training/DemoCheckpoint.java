package sightline.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The trained checkpoint that is part of Sightline, in the Hugging Face layout; README.md in it says how it was made. */
public final class DemoCheckpoint {
    /** Its files. */
    public static final List<String> FILES = List.of(
            "README.md",
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "chat_template.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "model.safetensors");

    private DemoCheckpoint() {}

    /**
     * Writes all of them, since weights are mapped from files.
     *
     * @param folder made if it is not there
     * @throws IOException if one is there already, or cannot be written
     */
    public static void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            try (InputStream in = open(name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
    }

    /** One of {@link #FILES}; the caller closes it. */
    public static InputStream open(String name) {
        InputStream in = DemoCheckpoint.class.getResourceAsStream("/sightline/demo/checkpoint/" + name);
        if (in == null) {
            throw new IllegalStateException("the jar lacks the demo checkpoint's " + name);
        }
        return in;
    }
}
