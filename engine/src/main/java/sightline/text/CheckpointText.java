package sightline.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.error.InputFile;

/** Reads the small text files of a checkpoint; every failure names the file. */
final class CheckpointText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckpointText() {}

    /** The whole file as UTF-8 text. */
    static String read(Path file) {
        try {
            return Files.readString(InputFile.regular(file));
        } catch (NoSuchFileException e) {
            throw new InputException(
                    file.toString(), "the file does not exist", "", "Check that the checkpoint is complete", e);
        } catch (CharacterCodingException e) {
            throw broken(file, "not valid UTF-8", e);
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + e, "", "Check the file's permissions", e);
        }
    }

    /** The file as one JSON object. */
    static JsonNode readObject(Path file) {
        try {
            JsonNode node = JSON.readTree(read(file));
            if (!node.isObject()) {
                throw broken(file, "not a JSON object", null);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw broken(file, "not valid JSON: " + at(e), e);
        }
    }

    /** What is wrong with some JSON, and where, on one line. */
    static String at(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return e.getOriginalMessage() + where;
    }

    /** The file is there, but not what it should be. */
    static InputException broken(Path file, String problem, Throwable cause) {
        return new InputException(
                file.toString(), problem, "", "Fetch the file again from where the checkpoint came from", cause);
    }
}
