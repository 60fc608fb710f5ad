package sightline.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.json.JsonText;

/** Reads the small text files of a checkpoint; every failure names the file. */
final class CheckpointText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

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

    /** The text of a JSON file, without the byte-order mark that some editors write. */
    static String readJson(Path file) {
        String text = read(file);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /**
     * The text of a template's file, with line ends as Python reads them.
     *
     * @throws InputException if there is a byte-order mark: the reference would write it into every prompt
     */
    static String readTemplate(Path file) {
        String text = read(file);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new InputException(
                    file.toString(),
                    "begins with a byte-order mark, which would be a part of every prompt",
                    "the template from its first character on",
                    "Save the file as UTF-8 without that mark");
        }
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The file as one JSON object. */
    static ObjectNode readObject(Path file) {
        return JsonText.read(file);
    }

    /** What stands for a file that is not there. */
    static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The file is there, but not what it should be. */
    static InputException broken(Path file, String problem, Throwable cause) {
        return new InputException(
                file.toString(), problem, "", "Fetch the file again from where the checkpoint came from", cause);
    }
}
