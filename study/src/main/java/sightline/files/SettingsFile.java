package sightline.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.error.InputException;

/** The settings under which long work began, as JSON, so that it goes on under the same. */
public final class SettingsFile {
    private static final ObjectWriter WRITER = StrictJson.MAPPER.writerWithDefaultPrettyPrinter();

    private static final String LOST =
            "Put back the file that was there, or give another folder: without it nobody can tell what the results are of";

    /** Hex digits of a mark: two settings that differ share one in 10^19 cases. */
    private static final int MARK = 16;

    private SettingsFile() {}

    /**
     * A short name of settings, for each result made under them: the first digits of SHA-256, in lower-case hex, over the
     * settings' JSON pointers and values in the order of the pointers.
     *
     * @param free settings that no result depends on, as JSON pointers
     */
    public static String mark(JsonNode settings, Set<String> free) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(leaves(parsed(settings), free))
                .forEach((pointer, value) ->
                        text.append(pointer).append('\t').append(value).append('\n'));
        return FileHash.of(text.toString()).substring(0, MARK);
    }

    /**
     * Refuses to begin where results lie without their settings: nobody could tell what they are of.
     *
     * @param file of the settings
     * @param results that may be there
     * @throws InputException naming the first that is, if there are no settings
     */
    public static void requireNoneWithout(Path file, List<Path> results) {
        if (Files.exists(file)) {
            return;
        }
        for (Path result : results) {
            if (Files.exists(result)) {
                throw new InputException(
                        result.toString(),
                        "is there, but " + file.getFileName() + " is not, so nobody can tell under which settings it"
                                + " was made",
                        "both or none",
                        "Put " + file.getFileName() + " back, or give another --out");
            }
        }
    }

    /**
     * Reads such a file.
     *
     * @param format the value of its field {@code format} that is expected
     * @throws InputException if it is not there, or none of that format
     */
    public static JsonNode read(Path file, int format) {
        return read(file, Set.of(format));
    }

    /**
     * Reads such a file of one of several formats.
     *
     * @param formats those that are expected
     * @throws InputException if it is not there, or of none of these
     */
    public static JsonNode read(Path file, Set<Integer> formats) {
        JsonNode json;
        try {
            json = StrictJson.read(file);
        } catch (JacksonException e) {
            throw new InputException(
                    file.toString(), StrictJson.problem(e), "the settings with which such a folder begins", LOST, e);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + StrictJson.reason(e), "a readable file", "Check the path", e);
        }
        return json.path("format").isInt()
                        && formats.contains(json.path("format").intValue())
                ? json
                : refuse(file, json, formats);
    }

    private static JsonNode refuse(Path file, JsonNode json, Set<Integer> formats) {
        String wanted =
                "format " + formats.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        JsonNode found = json.path("format");
        if (json.isMissingNode()) {
            throw new InputException(file.toString(), "is empty", "the settings with which such a folder begins", LOST);
        }
        if (found.isInt() && found.intValue() < Collections.min(formats)) {
            throw new InputException(
                    file.toString(),
                    "has format " + found
                            + ", of an earlier version, which did not note all that its results depend on",
                    wanted + " to go on",
                    "Give another --out; results that are there can still be read");
        }
        throw new InputException(
                file.toString(),
                found.isMissingNode() ? "does not tell its format" : "has format " + found,
                wanted,
                found.isMissingNode() ? LOST : "Use the version of Sightline that wrote it, or give another folder");
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
        Map<String, JsonNode> current = leaves(parsed(now), free);
        return Stream.concat(current.keySet().stream(), old.keySet().stream())
                .filter(field -> !Objects.equals(current.get(field), old.get(field)))
                .map(field ->
                        wording.apply(field) + " was " + told(old.get(field)) + ", not " + told(current.get(field)))
                .findFirst();
    }

    /** A field that is not there holds nothing. */
    private static String told(JsonNode value) {
        return value == null ? "none" : value.toString();
    }

    /** As it would be read, so that numbers have the same types on both sides. */
    private static JsonNode parsed(JsonNode json) {
        try {
            return StrictJson.MAPPER.readTree(StrictJson.MAPPER.writeValueAsBytes(json));
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
