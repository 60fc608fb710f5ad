package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import sightline.error.InputException;

/**
 * What {@code tokenizer_config.json} says of how a text is tokenised; most of what it may say is refused.
 *
 * @param file there or not; named in errors
 * @param json its content; empty if it is not there
 */
record TokenizerConfig(Path file, ObjectNode json) {
    /** The reference hands these on to the image processor, wherever they stand. */
    private static final List<String> PICTURES = List.of(
            "do_resize",
            "do_rescale",
            "do_normalize",
            "do_pad",
            "do_convert_rgb",
            "do_center_crop",
            "size",
            "crop_size",
            "resample",
            "rescale_factor",
            "image_mean",
            "image_std",
            "max_image_tiles",
            "data_format",
            "input_data_format");

    /** @throws InputException if it is broken or asks for another way to tokenise */
    static TokenizerConfig read(Path checkpoint) {
        Path file = checkpoint.resolve("tokenizer_config.json");
        TokenizerConfig config = new TokenizerConfig(
                file, Files.exists(file) ? CheckpointText.readObject(file) : CheckpointText.emptyObject());
        config.refuseOtherWays();
        return config;
    }

    private void refuseOtherWays() {
        if (json.path("split_special_tokens").asBoolean(false)) {
            throw unsupported("\"split_special_tokens\" is true: no special token would be one token");
        }
        if (json.hasNonNull("fast_tokenizer_files")) {
            throw unsupported("\"fast_tokenizer_files\" names other files than tokenizer.json");
        }
        if (json.path("is_split_into_words").asBoolean(false)) {
            throw unsupported("\"is_split_into_words\" is true: a prompt is one text");
        }
        if (asks("padding", "do_not_pad")) {
            throw unsupported("\"padding\" is " + json.get("padding") + ": a prompt would end in padding");
        }
        PICTURES.stream().filter(json::hasNonNull).findFirst().ifPresent(field -> {
            throw unsupported("has \"" + field + "\", which the reference would apply to pictures");
        });
    }

    /** Whether a field is there that is neither false nor the name of doing nothing. */
    private boolean asks(String field, String nothing) {
        String value = json.path(field).asText();
        return json.hasNonNull(field) && !value.equals("false") && !value.equals(nothing);
    }

    private InputException unsupported(String problem) {
        return new InputException(
                file.toString(), problem, "a file that says nothing of the kind", "Use the file as it was published");
    }

    /**
     * Refuses a {@code tokenizer.json} whose own setting the reference would replace.
     *
     * @param there {@code add_prefix_space} of its outermost splitting step; null if that has none
     */
    void requirePrefixSpace(Path tokenizer, JsonNode there) {
        boolean here = json.path("add_prefix_space").asBoolean(false);
        if (there != null && there.asBoolean() != here) {
            throw new InputException(
                    tokenizer.toString(),
                    "\"add_prefix_space\" is " + there + ", but " + here + " in " + file.getFileName()
                            + ", where it is false if it is not there",
                    "the same in both files",
                    "Use both files as they were saved together");
        }
    }

    /**
     * How many tokens a prompt may have before the reference cuts it off.
     *
     * @param truncation what {@code tokenizer.json} says of it; a missing node if nothing
     */
    OptionalInt longest(JsonNode truncation) {
        if (json.path("max_length").canConvertToInt()) {
            return OptionalInt.of(json.get("max_length").intValue());
        }
        if (truncation.path("max_length").canConvertToInt()) {
            return OptionalInt.of(truncation.get("max_length").intValue());
        }
        return asks("truncation", "do_not_truncate")
                        && json.path("model_max_length").canConvertToInt()
                ? OptionalInt.of(json.get("model_max_length").intValue())
                : OptionalInt.empty();
    }
}
