package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A token that is cut out of a text before the rest is split; what the reference calls an added token.
 *
 * @param content its text
 * @param special whether it can be left out when decoding
 * @param normalizedField whether it is looked for in the normalised text; empty if the file leaves that open
 * @param lstrip whether it takes white space before it along
 * @param rstrip whether it takes white space behind it along
 * @param singleWord whether it counts only where no letter or digit touches it
 */
record AddedToken(
        String content,
        boolean special,
        Optional<Boolean> normalizedField,
        boolean lstrip,
        boolean rstrip,
        boolean singleWord) {
    /** One of {@code added_tokens.json}, which lists them without flags. */
    static AddedToken listed(String content, boolean special) {
        return new AddedToken(content, special, Optional.of(!special), false, false, false);
    }

    /** A special one that a file only names. */
    static AddedToken named(String content) {
        return new AddedToken(content, true, Optional.empty(), false, false, false);
    }

    /**
     * Reads one.
     *
     * @param file named in errors
     * @throws sightline.error.InputException if it has no content, or a field that is not known or of the wrong type
     */
    static AddedToken read(Path file, JsonNode json) {
        if (!json.isObject() || !json.path("content").isTextual()) {
            throw CheckpointText.broken(file, "has the added token " + json + " without a text in \"content\"", null);
        }
        boolean special = false;
        Optional<Boolean> normalized = Optional.empty();
        boolean lstrip = false;
        boolean rstrip = false;
        boolean singleWord = false;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            switch (field.getKey()) {
                case "id", "content", "__type" -> {}
                case "special" -> special = flag(file, json, field);
                case "normalized" -> normalized = Optional.of(flag(file, json, field));
                case "lstrip" -> lstrip = flag(file, json, field);
                case "rstrip" -> rstrip = flag(file, json, field);
                case "single_word" -> singleWord = flag(file, json, field);
                default ->
                    throw CheckpointText.broken(
                            file, "has the unknown field \"" + field.getKey() + "\" in the added token " + json, null);
            }
        }
        return new AddedToken(json.get("content").textValue(), special, normalized, lstrip, rstrip, singleWord);
    }

    private static boolean flag(Path file, JsonNode json, Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isBoolean()) {
            throw CheckpointText.broken(
                    file, "\"" + field.getKey() + "\" is neither true nor false in the added token " + json, null);
        }
        return field.getValue().booleanValue();
    }

    /** Left open, special tokens are looked for in the text as it is, others in the normalised one. */
    boolean normalized() {
        return normalizedField.orElse(!special);
    }

    /** The same, special. */
    AddedToken asSpecial() {
        return new AddedToken(content, true, normalizedField, lstrip, rstrip, singleWord);
    }

    /** Whether a tokeniser would not tell the two apart. */
    boolean sameAs(AddedToken other) {
        return content.equals(other.content)
                && special == other.special
                && normalized() == other.normalized()
                && lstrip == other.lstrip
                && rstrip == other.rstrip
                && singleWord == other.singleWord;
    }

    /** As it stands in a {@code tokenizer.json}. */
    ObjectNode json(int id) {
        return new ObjectMapper()
                .createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", singleWord)
                .put("lstrip", lstrip)
                .put("rstrip", rstrip)
                .put("normalized", normalized())
                .put("special", special);
    }
}
