package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One object of a file, read field by field; a field that is not as it must be ends the reading of this entry alone.
 *
 * @param prefix its path inside the file's entry, such as {@code qa_pairs[1].}; empty for the entry itself
 */
record Entry(String file, int index, String prefix, JsonNode json) {
    /** The entry cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Skip skip;

        Unusable(Skip skip) {
            super(skip.problem(), null, false, false); // thrown by the thousand for a wrong file
            this.skip = skip;
        }

        Skip skip() {
            return skip;
        }
    }

    /** The entry, which must be an object. */
    static Entry of(String file, int index, String prefix, JsonNode json) throws Unusable {
        if (!json.isObject()) {
            String name = prefix.isEmpty() ? "entry " + index : prefix.substring(0, prefix.length() - 1);
            throw new Unusable(new Skip(
                    file,
                    index,
                    prefix.isEmpty() ? "" : name,
                    name + " is " + JsonEntries.kind(json) + (json.isNull() ? "" : "; an object is expected")));
        }
        return new Entry(file, index, prefix, json);
    }

    Unusable unusable(String field, String problem) {
        return new Unusable(new Skip(file, index, prefix + field, problem));
    }

    /** The place of a field. */
    OfficialQuestion.Place place(String field) {
        return new OfficialQuestion.Place(file, index, prefix + field);
    }

    boolean has(String field) {
        return json.has(field);
    }

    /** A whole number that is not negative. */
    long id(String field) throws Unusable {
        JsonNode value = present(field);
        if (!value.isIntegralNumber()) {
            String found = value.isNumber() ? value.asText() : JsonEntries.kind(value);
            throw unusable(field, "whole number expected, " + found + " found");
        }
        if (!value.canConvertToLong()) {
            throw unusable(field, "number too large: " + value.asText());
        }
        if (value.longValue() < 0) {
            throw unusable(field, field + " must not be negative: " + value.asText());
        }
        return value.longValue();
    }

    /** Text, maybe empty. */
    String text(String field) throws Unusable {
        JsonNode value = present(field);
        if (!value.isTextual()) {
            throw unusable(field, "string expected, " + JsonEntries.kind(value) + " found");
        }
        return value.textValue();
    }

    /** A question: text that is not blank. */
    String question() throws Unusable {
        String text = text("question");
        if (text.isBlank()) {
            throw unusable("question", "blank question");
        }
        return text;
    }

    /** A list. */
    JsonNode list(String field) throws Unusable {
        JsonNode value = present(field);
        if (!value.isArray()) {
            throw unusable(field, "list expected, " + JsonEntries.kind(value) + " found");
        }
        return value;
    }

    /** A list of texts. */
    List<String> texts(String field) throws Unusable {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!item.isTextual()) {
                throw unusable(
                        field + "[" + texts.size() + "]", "string expected, " + JsonEntries.kind(item) + " found");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** Token ids. */
    int[] tokens(String field) throws Unusable {
        JsonNode list = list(field);
        int[] tokens = new int[list.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode token = list.get(i);
            if (!token.isIntegralNumber() || !token.canConvertToInt() || token.intValue() < 0) {
                throw unusable(field + "[" + i + "]", "token id expected, " + token + " found");
            }
            tokens[i] = token.intValue();
        }
        return tokens;
    }

    /** A text among those that are known. */
    String oneOf(String field, List<String> known) throws Unusable {
        String text = text(field);
        if (!known.contains(text)) {
            throw unusable(field, "unknown " + field + " \"" + text + "\"; known: " + String.join(", ", known));
        }
        return text;
    }

    /** Those answers, at least one: without any, nothing can be scored. */
    List<GroundTruth> answers(String field, List<GroundTruth> answers) throws Unusable {
        if (answers.isEmpty()) {
            throw unusable(field, "no ground-truth answers");
        }
        return answers;
    }

    private JsonNode present(String field) throws Unusable {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            throw unusable(field, field + " missing");
        }
        return value;
    }
}
