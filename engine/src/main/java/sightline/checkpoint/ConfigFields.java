package sightline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * The fields of one JSON object, read with their types; {@code null} counts as absent, as in the reference.
 *
 * @param prefix the object's own name with a dot, for errors; empty for the outermost
 * @param node the object
 */
public record ConfigFields(String prefix, ObjectNode node) {
    /** Those of a whole file. */
    public static ConfigFields outermost(ObjectNode node) {
        return new ConfigFields("", node);
    }

    /** The same with values for fields that are left out. */
    public ConfigFields withDefaults(ObjectNode defaults) {
        ObjectNode filled = defaults.deepCopy();
        node.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                filled.set(field.getKey(), field.getValue());
            }
        });
        return new ConfigFields(prefix, filled);
    }

    /** Whether a field is there. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** The name of a field with its way from the outermost object. */
    public String named(String field) {
        return prefix + field;
    }

    /** The fields of an object. */
    public ConfigFields object(String field) {
        if (require(field, "an object") instanceof ObjectNode object) {
            return new ConfigFields(named(field) + ".", object);
        }
        throw wrong(field, "an object");
    }

    /** A whole number of 32 bits. */
    public int integer(String field) {
        JsonNode value = require(field, "an integer");
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, "an integer");
        }
        return value.intValue();
    }

    /** A number. */
    public double number(String field) {
        JsonNode value = require(field, "a number");
        if (!value.isNumber()) {
            throw wrong(field, "a number");
        }
        return value.doubleValue();
    }

    /** True or false. */
    public boolean flag(String field) {
        JsonNode value = require(field, "true or false");
        if (!value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.booleanValue();
    }

    /** A text. */
    public String text(String field) {
        JsonNode value = require(field, "a text");
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    /** A list of anything. */
    public JsonNode list(String field, String expected) {
        JsonNode value = require(field, expected);
        if (!value.isArray()) {
            throw wrong(field, expected);
        }
        return value;
    }

    /** A list of whole numbers. */
    public List<Integer> integers(String field) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : list(field, "a list of integers")) {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw wrong(field, "a list of integers");
            }
            values.add(value.intValue());
        }
        return values;
    }

    /** The field must say exactly this. */
    public void requireText(String field, String expected) {
        if (!text(field).equals(expected)) {
            throw wrong(field, "\"" + expected + "\", the only one supported");
        }
    }

    /** The field may be left out, but must not be true. */
    public void requireNotTrue(String field, String reason) {
        if (has(field) && !(node.get(field).isBoolean() && !node.get(field).booleanValue())) {
            throw wrong(field, "false: " + reason);
        }
    }

    /** The model must be of this class, if any is named, and its weights unquantised. */
    public void requireClass(String expected) {
        if (has("architectures")) {
            JsonNode names = list("architectures", "a list of names");
            if (names.size() != 1 || !names.get(0).asText().equals(expected)) {
                throw wrong("architectures", "[\"" + expected + "\"]");
            }
        }
        if (has("quantization_config")) {
            throw new InputException(
                    Invalid.PLACE,
                    "has a `quantization_config`",
                    "weights in bfloat16, float16 or float32",
                    "Choose the unquantised checkpoint");
        }
    }

    /** The error about a field. */
    public InputException wrong(String field, String expected) {
        return Invalid.field(named(field), JsonText.show(node.path(field)), expected);
    }

    private JsonNode require(String field, String kind) {
        if (!has(field)) {
            throw new InputException(Invalid.PLACE, "has no `" + named(field) + "`", kind, Invalid.NEXT_STEP);
        }
        return node.get(field);
    }
}
