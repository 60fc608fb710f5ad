package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sightline.error.InputException;

/**
 * A chat template as it lies on disk.
 *
 * @param file where it was found
 * @param text the Jinja source
 * @param tokens the special tokens that a template may name, such as {@code bos_token}
 */
record TemplateSource(Path file, String text, Map<String, String> tokens) {
    private static final String FIELD = "chat_template";
    private static final String OPTION = "--chat-template";
    /** A list; what is offered to templates are texts. */
    private static final String LIST_OF_TOKENS = "additional_special_tokens";

    /**
     * The template of a checkpoint, or the one given in its place; its tokens are the checkpoint's in any case.
     *
     * @param given a template's file, or a folder or JSON file that has one
     * @throws InputException if there is none or a file is broken
     */
    static TemplateSource find(Path checkpoint, Optional<Path> given) {
        Found found = given.map(TemplateSource::given)
                .orElseGet(() -> inFolder(checkpoint).orElseThrow(() -> none(checkpoint)));
        if (found.text().contains(LIST_OF_TOKENS)) {
            throw new InputException(
                    found.file().toString(),
                    "the chat template reads " + LIST_OF_TOKENS + ", which is not supported",
                    "a template that names its tokens",
                    "Write the tokens' text into the template");
        }
        return new TemplateSource(
                found.file(), found.text(), TokenizerSettings.read(checkpoint).forTemplates());
    }

    /** A template without the tokens of a checkpoint. */
    record Found(Path file, String text) {}

    /** Looks where the reference does, in its order. */
    private static Optional<Found> inFolder(Path folder) {
        Path jinja = folder.resolve("chat_template.jinja");
        if (Files.exists(jinja)) {
            return Optional.of(new Found(jinja, CheckpointText.readTemplate(jinja)));
        }
        for (String name : List.of("chat_template.json", "processor_config.json", "tokenizer_config.json")) {
            Path file = folder.resolve(name);
            Optional<Found> found = Files.exists(file) ? inJson(file) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> inJson(Path file) {
        JsonNode template = CheckpointText.readObject(file).path(FIELD);
        return template.isMissingNode() || template.isNull()
                ? Optional.empty()
                : Optional.of(new Found(file, text(file, template)));
    }

    /** The template that a user gave. */
    static Found given(Path file) {
        if (!Files.exists(file)) {
            throw new InputException(OPTION, file + " does not exist", "a template's file", "Check the path");
        }
        if (Files.isDirectory(file)) {
            return inFolder(file)
                    .orElseThrow(() -> new InputException(
                            OPTION,
                            file + " holds no chat template",
                            "chat_template.jinja, or \"chat_template\" in chat_template.json, processor_config.json or"
                                    + " tokenizer_config.json",
                            "Give the file itself, or the folder of a checkpoint that has one"));
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return inJson(file)
                    .orElseThrow(() -> new InputException(
                            OPTION,
                            file + " holds no \"chat_template\"",
                            "a JSON file with that field, or a file with the template alone",
                            "Give another file"));
        }
        return new Found(file, CheckpointText.readTemplate(file));
    }

    private static InputException none(Path checkpoint) {
        return new InputException(
                checkpoint.toString(),
                "the checkpoint has no chat template: it looks like the base model, which was not trained on questions",
                "chat_template.jinja, or \"chat_template\" in chat_template.json, processor_config.json or"
                        + " tokenizer_config.json",
                "Take the checkpoint whose name ends in -Instruct, or give a template: --chat-template FILE");
    }

    /** The template itself, or of several named ones the default. */
    private static String text(Path file, JsonNode template) {
        if (template.isTextual()) {
            return template.textValue();
        }
        if (template.path("default").isTextual()) {
            return template.path("default").textValue();
        }
        for (JsonNode entry : template) {
            if (entry.path("name").asText().equals("default")
                    && entry.path("template").isTextual()) {
                return entry.path("template").textValue();
            }
        }
        throw new InputException(
                file.toString(),
                "\"chat_template\" is neither a text nor has it one named \"default\"",
                "one Jinja template",
                "Fetch the file again from where the checkpoint came from");
    }
}
