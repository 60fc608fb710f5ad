package sightline.files;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.error.InputFile;

/** Reads the finished lines of a journal. */
final class JournalReader {
    private JournalReader() {}

    /**
     * Hands out every finished line.
     *
     * @return where the last of them ends, in bytes
     */
    static <E extends Exception> long read(Path file, Journal.Visitor<E> each) throws E {
        long end = 0;
        long number = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(InputFile.regular(file))) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        from = i + 1;
                        end += line.size() + 1L;
                        each.entry(parse(file, ++number, line.toByteArray()), number);
                        line.reset();
                    }
                }
                line.write(buffer, from, count - from);
            }
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be read: " + StrictJson.reason(e),
                    "a readable file",
                    "Check its permissions",
                    e);
        }
        return end;
    }

    private static JsonNode unedited(Path file, long number, byte[] line, JsonNode node) {
        if (node.has(LineCheck.FIELD) && !LineCheck.holds(line)) {
            throw new InputException(
                    file + ", line " + number,
                    "was changed after it was written: its check does not fit",
                    "lines as this program has written them",
                    "Put back the line that was there, or delete it: its sample is then computed again");
        }
        return node;
    }

    private static JsonNode parse(Path file, long number, byte[] line) {
        IOException cause = null;
        String problem = "is no JSON object, so something else has written into this file";
        try {
            JsonNode node = StrictJson.MAPPER.readTree(line);
            if (node != null && node.isObject()) {
                return unedited(file, number, line, node);
            }
        } catch (StreamConstraintsException e) {
            problem = StrictJson.problem(e);
            cause = e;
        } catch (IOException e) {
            cause = e;
        }
        throw new InputException(
                file.toString(),
                "line " + number + " " + problem,
                "one object in each line",
                "Delete that line: its sample is then computed again",
                cause);
    }
}
