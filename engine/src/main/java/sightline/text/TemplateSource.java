package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;

/**
 * A checkpoint's chat template as it lies on disk.
 *
 * @param file where it was found
 * @param text the Jinja source
 * @param tokens the special tokens that a template may name, such as {@code bos_token}
 */
record TemplateSource(Path file, String text, Map<String, String> tokens) {
    private static final List<String> TOKEN_NAMES = List.of("bos_token", "eos_token", "pad_token", "unk_token");

    /**
     * Looks where the reference does, in its order: {@code chat_template.jinja}, {@code chat_template.json}, {@code
     * tokenizer_config.json}.
     *
     * @throws InputException if there is none or a file is broken
     */
    static TemplateSource find(Path checkpoint) {
        Map<String, String> tokens = tokens(checkpoint);
        Path jinja = checkpoint.resolve("chat_template.jinja");
        if (Files.exists(jinja)) {
            return new TemplateSource(jinja, CheckpointText.read(jinja), tokens);
        }
        for (String name : List.of("chat_template.json", "tokenizer_config.json")) {
            Path file = checkpoint.resolve(name);
            JsonNode template =
                    Files.exists(file) ? CheckpointText.readObject(file).path("chat_template") : null;
            if (template != null && !template.isMissingNode() && !template.isNull()) {
                return new TemplateSource(file, text(file, template), tokens);
            }
        }
        throw new InputException(
                checkpoint.toString(),
                "the checkpoint has no chat template: it looks like the base model, which was not trained on questions",
                "chat_template.json, chat_template.jinja, or \"chat_template\" in tokenizer_config.json",
                "Take the checkpoint whose name ends in -Instruct");
    }

    /** The template itself, or of several named ones the default. */
    private static String text(Path file, JsonNode template) {
        if (template.isTextual()) {
            return template.asText();
        }
        for (JsonNode entry : template) {
            if (entry.path("name").asText().equals("default")
                    && entry.path("template").isTextual()) {
                return entry.path("template").asText();
            }
        }
        throw new InputException(
                file.toString(),
                "\"chat_template\" is neither a text nor a list with an entry named \"default\"",
                "one Jinja template",
                "Fetch the file again from where the checkpoint came from");
    }

    /** The tokeniser's configuration wins over the older file of special tokens. */
    private static Map<String, String> tokens(Path checkpoint) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String name : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            Path file = checkpoint.resolve(name);
            if (!Files.exists(file)) {
                continue;
            }
            JsonNode config = CheckpointText.readObject(file);
            for (String token : TOKEN_NAMES) {
                JsonNode value = config.path(token);
                JsonNode content = value.isObject() ? value.path("content") : value;
                if (content.isTextual()) {
                    tokens.put(token, content.asText());
                } else if (!value.isMissingNode() && !value.isNull()) {
                    throw CheckpointText.broken(file, "\"" + token + "\" is " + value + ", not a token's text", null);
                }
            }
        }
        return tokens;
    }
}
