package sightline.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import sightline.error.InputException;

/** The settings under which long work began, as JSON, so that it goes on under the same. */
public final class SettingsFile {
    private static final ObjectWriter WRITER = Json.MAPPER.writerWithDefaultPrettyPrinter();

    private SettingsFile() {}

    /**
     * Reads such a file.
     *
     * @param format the value of its field {@code format} that is expected
     * @throws InputException if it is not there, or none of that format
     */
    public static JsonNode read(Path file, int format) {
        JsonNode json;
        try {
            json = Json.read(file);
        } catch (JacksonException e) {
            throw new InputException(
                    file.toString(),
                    Json.problem(e),
                    "the file with which such a folder begins",
                    "Give another folder",
                    e);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + Json.reason(e), "a readable file", "Check the path", e);
        }
        if (json.path("format").asInt(0) != format) {
            throw new InputException(
                    file.toString(),
                    "has format " + json.path("format"),
                    "format " + format,
                    "Use the version of Sightline that wrote it, or give another folder");
        }
        return json;
    }

    /**
     * Writes the settings if nothing has begun yet; otherwise compares them with those of the beginning.
     *
     * @param now an object with a field {@code format}
     * @param free what may differ, as JSON pointers
     * @param wording what to call a field, by its JSON pointer
     * @throws InputException naming the first setting that differs, with both values
     */
    public static void beginOrCompare(Path file, JsonNode now, Set<String> free, UnaryOperator<String> wording) {
        if (!Files.exists(file)) {
            write(file, now);
            return;
        }
        difference(file, now, free, wording).ifPresent(difference -> {
            throw new InputException(
                    file.toString(),
                    "this was begun under other settings: " + difference,
                    "",
                    "Give the same as at the beginning, or another --out");
        });
    }

    /** Writes such a file, in place of one that may be there. */
    public static void write(Path file, JsonNode settings) {
        WholeFile.write(file, out -> out.write(WRITER.writeValueAsBytes(settings)));
    }

    /**
     * The first setting that differs from those in a file, with both values; empty if there is none.
     *
     * @param now an object with a field {@code format}
     * @param free what may differ, as JSON pointers
     * @param wording what to call a field, by its JSON pointer
     * @throws InputException if the file is not there, or none of that format
     */
    public static Optional<String> difference(
            Path file, JsonNode now, Set<String> free, UnaryOperator<String> wording) {
        Map<String, JsonNode> old = leaves(read(file, now.get("format").intValue()), free);
        return leaves(parsed(now), free).entrySet().stream()
                .filter(leaf -> !leaf.getValue().equals(old.get(leaf.getKey())))
                .map(leaf ->
                        wording.apply(leaf.getKey()) + " was " + old.get(leaf.getKey()) + ", not " + leaf.getValue())
                .findFirst();
    }

    /** As it would be read, so that numbers have the same types on both sides. */
    private static JsonNode parsed(JsonNode json) {
        try {
            return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, JsonNode> leaves(JsonNode json, Set<String> free) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", json, free, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Set<String> free, Map<String, JsonNode> leaves) {
        if (free.contains(path)) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), free, leaves));
        } else {
            leaves.put(path, node);
        }
    }
}
