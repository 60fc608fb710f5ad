package sightline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import sightline.error.InputException;
import sightline.error.InputFile;

/**
 * A checkpoint's JSON as we accept it: one object, nothing after it, no name twice; a byte-order mark does no harm.
 * What goes beyond the parser's limits is told apart from what is damaged.
 */
public final class JsonText {
    /** Far beyond what a checkpoint needs; a template is one text, and a vocabulary has one name for each token. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(1000)
            .maxNumberLength(1000)
            .maxStringLength(100_000_000)
            .maxNameLength(1_000_000)
            .build();

    private static final JsonMapper MAPPER =
            mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    /** For values inside a stream, behind which others follow. */
    private static final JsonFactory STREAM = mapper().build().getFactory();

    private static final byte[] LFS_POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LIMITS_NAME = Pattern.compile(", from `StreamReadConstraints[^`]*`");

    private JsonText() {}

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * Reads a file that holds one JSON object.
     *
     * @throws InputException if it is not there, cannot be read, or holds something else
     */
    public static ObjectNode read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(InputFile.regular(file));
        } catch (NoSuchFileException e) {
            throw new InputException(
                    file.toString(), "does not exist", "a JSON file", "Check that the checkpoint is complete", e);
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be read: " + e,
                    "a readable JSON file",
                    "Check that it is there and its permissions",
                    e);
        }
        refuseLfsPointer(file, bytes);
        return parse(file, "the file", bytes);
    }

    /**
     * Parses one JSON object.
     *
     * @param file named in errors
     * @param part what of the file the bytes are, for errors
     */
    public static ObjectNode parse(Path file, String part, byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
            String found = node == null || node.isMissingNode() ? "empty" : "a JSON " + kind(node);
            throw new InputException(
                    file.toString(), part + " is " + found, "a JSON object", "Fetch the file again from where it came");
        } catch (JsonProcessingException e) {
            throw unreadable(file, part, e);
        } catch (IOException e) {
            // From bytes in memory: only a broken character encoding.
            throw broken(file, part + " is not valid JSON: " + brief(e.getMessage()), e);
        }
    }

    /** The factory of parsers with our limits, for files that are read as a stream. */
    public static JsonFactory factory() {
        return STREAM;
    }

    /** What is wrong with some JSON. */
    public static InputException unreadable(Path file, String part, JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            String limit = LIMITS_NAME.matcher(brief(e.getOriginalMessage())).replaceAll("");
            return new InputException(
                    file.toString(),
                    part + " goes beyond what is read of JSON" + where + ": " + limit,
                    "a file within that limit, as every published one is",
                    "Check that it is the file that you mean, and what wrote it",
                    e);
        }
        return broken(file, part + " is not valid JSON" + where + ": " + brief(e.getOriginalMessage()), e);
    }

    /** A clone without git-lfs leaves small text files in the place of large ones. */
    public static void refuseLfsPointer(Path file, byte[] start) {
        if (start.length >= LFS_POINTER.length
                && Arrays.equals(start, 0, LFS_POINTER.length, LFS_POINTER, 0, LFS_POINTER.length)) {
            throw new InputException(
                    file.toString(),
                    "is a git-lfs pointer, not the file itself",
                    "the file that the pointer stands for",
                    "Run `git lfs pull` in that folder");
        }
    }

    /** How a message shows a value: as JSON, shortened. */
    public static String show(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static InputException broken(Path file, String problem, Exception cause) {
        return new InputException(
                file.toString(), problem, "one JSON object", "Mend it there or fetch the file again", cause);
    }

    /** Jackson adds where the token began and its own source names; the first clause says enough. */
    private static String brief(String message) {
        String first = String.valueOf(message).lines().findFirst().orElse("");
        int marker = first.indexOf(" (start marker");
        return marker < 0 ? first : first.substring(0, marker);
    }
}
