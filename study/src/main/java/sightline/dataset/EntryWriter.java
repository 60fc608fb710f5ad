package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import sightline.error.InputException;
import sightline.files.OwnFiles;
import sightline.files.WholeFile;

/**
 * Writes a list of entries as JSON, one entry a line, spaced and escaped as Python's {@code json.dump} does. The file takes
 * its name when all are written; until then, and if the writing fails, what was there before stays.
 */
public final class EntryWriter implements AutoCloseable {
    private final WholeFile file;
    private boolean any;

    private EntryWriter(WholeFile file) {
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @throws InputException if it cannot be written; so do the other methods
     */
    public static EntryWriter begin(Path target) {
        return new EntryWriter(WholeFile.begin(target));
    }

    /** The same in a folder with a list; see {@link WholeFile#begin(Path, OwnFiles)}. */
    public static EntryWriter begin(Path target, OwnFiles own) {
        return new EntryWriter(WholeFile.begin(target, own));
    }

    /** Writes a file of one value, on one line, in a folder with a list. */
    public static void writeValue(Path target, OwnFiles own, JsonNode value) {
        try (WholeFile file = WholeFile.begin(target, own)) {
            file.write(PythonJson.bytes(value));
            file.write(ascii("\n"));
            file.finish();
        }
    }

    /** Adds an entry. */
    public void write(JsonNode entry) {
        file.write(ascii(any ? ",\n" : "[\n"));
        any = true;
        file.write(PythonJson.bytes(entry));
    }

    /** Adds an answer. */
    public void write(AnswerEntry answer) {
        write(answer.json());
    }

    /** All is written: the file takes its name, in the place of the one that had it. */
    public void finish() {
        file.write(ascii(any ? "\n]\n" : "[]\n"));
        file.finish();
    }

    /** Drops what was written, unless it was finished. */
    @Override
    public void close() {
        file.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
