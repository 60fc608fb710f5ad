package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import sightline.error.InputException;

/**
 * The fields of a manifest, or of an object in it.
 *
 * @param at where the object stands in the file, for errors; empty for the whole
 */
record ManifestFields(Path file, String at, JsonNode json) {
    /** A text that is not blank. */
    String text(String pointer) {
        JsonNode node = json.at(pointer);
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw wrong(pointer, "a text");
        }
        return node.textValue();
    }

    /** A text, or an empty one where there is none. */
    String maybe(String pointer) {
        JsonNode node = json.at(pointer);
        return node.isNull() ? "" : node.asText("");
    }

    int integer(String pointer, int least) {
        JsonNode node = json.at(pointer);
        if (!node.isInt() || node.intValue() < least) {
            throw wrong(pointer, "a whole number of at least " + least);
        }
        return node.intValue();
    }

    /** Layers in order, each once. */
    List<Integer> layers(String pointer, int layers) {
        List<Integer> found = new ArrayList<>();
        if (!json.at(pointer).isArray()) {
            throw wrong(pointer, "a list of layers");
        }
        for (JsonNode node : json.at(pointer)) {
            if (!node.isInt() || node.intValue() < 0 || node.intValue() >= layers) {
                throw wrong(pointer, "layers from 0 to " + (layers - 1));
            }
            found.add(node.intValue());
        }
        return found.stream().sorted().distinct().toList();
    }

    List<String> texts(String pointer) {
        return list(pointer, JsonNode::isTextual, JsonNode::textValue);
    }

    List<Integer> integers(String pointer) {
        return list(pointer, JsonNode::isInt, JsonNode::intValue);
    }

    private <T> List<T> list(String pointer, Predicate<JsonNode> right, Function<JsonNode, T> value) {
        Set<T> set = new LinkedHashSet<>();
        boolean good = json.at(pointer).isArray();
        for (JsonNode one : json.at(pointer)) {
            good = good && right.test(one) && set.add(value.apply(one));
        }
        if (!good) {
            throw wrong(pointer, "a list, each once", "Put back the file that was there");
        }
        return List.copyOf(set);
    }

    /** The objects of a list, at least {@code least}. */
    List<ManifestFields> objects(String pointer, int least) {
        List<ManifestFields> objects = new ArrayList<>();
        for (JsonNode one : json.at(pointer)) {
            objects.add(new ManifestFields(file, at + pointer + "/" + objects.size(), one));
        }
        if (!json.at(pointer).isArray() || objects.size() < least) {
            throw wrong(pointer, "a list of objects");
        }
        return objects;
    }

    InputException wrong(String pointer, String expected) {
        return wrong(pointer, expected, "Make the run anew, or mend this file");
    }

    private InputException wrong(String pointer, String expected, String nextStep) {
        String field = (at + pointer).substring(1).replace('/', '.');
        JsonNode node = json.at(pointer);
        String problem = node.isMissingNode() ? field + " is missing" : field + " is " + node;
        return new InputException(file.toString(), problem, expected, nextStep);
    }
}
