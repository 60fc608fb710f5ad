package sightline.training;

import java.io.InputStream;
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

    /** One of {@link #FILES}; the caller closes it. */
    public static InputStream open(String name) {
        InputStream in = DemoCheckpoint.class.getResourceAsStream("/sightline/demo/checkpoint/" + name);
        if (in == null) {
            throw new IllegalStateException("the jar lacks the demo checkpoint's " + name);
        }
        return in;
    }
}
