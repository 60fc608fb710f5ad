package sightline.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
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

    /** Takes one finished line after the other. */
    @FunctionalInterface
    private interface Lines<E extends Exception> {
        void line(long number, byte[] line) throws E;
    }

    /**
     * Hands out every finished line.
     *
     * @return where the last of them ends, in bytes
     */
    static <E extends Exception> long read(Path file, Journal.Visitor<E> each) throws E {
        return lines(file, (number, line) -> each.entry(parse(file, number, line, TokenFilter.INCLUDE_ALL), number));
    }

    /** The same, read by several threads; {@code kept} are the parts of a line that are asked for. */
    static <T, E extends Exception> void read(
            Path file, TokenFilter kept, Journal.Reading<T> reading, Journal.Taker<T, E> each) throws E {
        JournalBatch<T, E> batch =
                new JournalBatch<>((number, line) -> reading.of(parse(file, number, line, kept), number), each);
        lines(file, batch::add);
        batch.finish();
    }

    private static <E extends Exception> long lines(Path file, Lines<E> each) throws E {
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
                        each.line(++number, line.toByteArray());
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

    private static JsonNode tree(byte[] line, TokenFilter kept) throws IOException {
        if (kept == TokenFilter.INCLUDE_ALL) {
            return StrictJson.MAPPER.readTree(line);
        }
        try (JsonParser all = StrictJson.MAPPER.getFactory().createParser(line);
                JsonParser parts = new FilteringParserDelegate(all, kept, Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            return StrictJson.MAPPER.readTree(parts);
        }
    }

    private static JsonNode parse(Path file, long number, byte[] line, TokenFilter kept) {
        IOException cause = null;
        String problem = "is no JSON object, so something else has written into this file";
        try {
            JsonNode node = tree(line, kept);
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
