package sightline.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.error.InputFile;

/** JSON as we accept it: one object, nothing after it, no name twice. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final byte[] LFS_POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    private JsonText() {}

    /** Reads a file that holds one JSON object. */
    static ObjectNode read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(InputFile.regular(file));
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
    static ObjectNode parse(Path file, String part, byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
            String found = node == null || node.isMissingNode() ? "empty" : "a JSON " + kind(node);
            throw new InputException(
                    file.toString(), part + " is " + found, "a JSON object", "Fetch the file again from where it came");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw broken(file, part + " is not valid JSON" + where + ": " + brief(e.getOriginalMessage()), e);
        } catch (IOException e) {
            // From bytes in memory: only a broken character encoding.
            throw broken(file, part + " is not valid JSON: " + brief(e.getMessage()), e);
        }
    }

    /** A clone without git-lfs leaves small text files in the place of large ones. */
    static void refuseLfsPointer(Path file, byte[] start) {
        if (start.length >= LFS_POINTER.length
                && java.util.Arrays.equals(start, 0, LFS_POINTER.length, LFS_POINTER, 0, LFS_POINTER.length)) {
            throw new InputException(
                    file.toString(),
                    "is a git-lfs pointer, not the file itself",
                    "the file that the pointer stands for",
                    "Run `git lfs pull` in that folder");
        }
    }

    /** How a message shows a value: as JSON, shortened. */
    static String show(JsonNode node) {
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
