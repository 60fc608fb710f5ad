package sightline.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import sightline.error.InputException;

/**
 * A file of JSON lines that only grows. An entry is there once {@link #append} returns: written whole and forced to the
 * disk. What a kill leaves of an entry is a last line without its end, which opening cuts off.
 *
 * <p>One writer at a time; {@link WorkLock} sees to that. Anybody may read meanwhile.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private long end;

    private Journal(Path file, FileChannel channel, long end) {
        this.file = file;
        this.channel = channel;
        this.end = end;
    }

    /**
     * Opens a journal, or begins one, to go on writing.
     *
     * @param each gets the entries that are there, in order, with their lines
     * @throws InputException if the file cannot be written, or a whole line of it is no JSON object
     */
    public static Journal open(Path file, Visitor<RuntimeException> each) {
        long end = JournalReader.read(file, each);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                channel.truncate(end); // what a kill has left of its last line
                channel.position(end);
                channel.force(true);
                Folders.force(file.toAbsolutePath().getParent());
                return new Journal(file, channel, end);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Reads a journal that another process may be writing; an unfinished last line is left out. A file that is not there
     * has no entries.
     *
     * @param each gets the entries in order
     * @throws InputException if the file cannot be read, or a whole line of it is no JSON object
     */
    public static <E extends Exception> void read(Path file, Visitor<E> each) throws E {
        JournalReader.read(file, each);
    }

    /**
     * The same by several threads at once: of journals that are large.
     *
     * @param kept the parts of an entry that are asked for; of the others only their form is seen
     * @param reading makes something of an entry
     * @param each gets that of one entry after the other, in order
     */
    public static <T, E extends Exception> void read(Path file, TokenFilter kept, Reading<T> reading, Taker<T, E> each)
            throws E {
        JournalReader.read(file, kept, reading, each);
    }

    /** Makes something of an entry; several threads ask at once. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads an entry.
         *
         * @param line its number in the file, from 1
         */
        T of(JsonNode entry, long line);
    }

    /** Takes what was made of one entry after the other. */
    @FunctionalInterface
    public interface Taker<T, E extends Exception> {
        /** Takes the next one. */
        void take(T made) throws E;
    }

    /** Takes one entry after the other. */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        /**
         * Takes the next entry.
         *
         * @param line its number in the file, from 1
         */
        void entry(JsonNode entry, long line) throws E;
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Entry {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Adds an entry: on the disk when this returns.
     *
     * @throws InputException if there is no room, or the disk fails; what was written of the entry is taken back
     */
    public void append(Entry entry) {
        try {
            append(bytes(entry));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The same with a {@link LineCheck} as its last field; whoever reads the journal is told of an entry that was edited. */
    public void appendChecked(Entry entry) {
        try {
            append(LineCheck.added(bytes(entry)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static byte[] bytes(Entry entry) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.MAPPER.createGenerator(object)) {
            entry.writeTo(json);
        }
        return object.toByteArray();
    }

    private void append(byte[] object) throws IOException {
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
        end += bytes.limit();
    }

    private InputException failed(IOException failure) {
        try {
            channel.truncate(end);
            channel.position(end);
        } catch (IOException e) {
            failure.addSuppressed(e); // the next opening cuts the rest off
        }
        return unwritable(file, failure);
    }

    private static InputException unwritable(Path file, IOException e) {
        return new InputException(
                file.toString(),
                "cannot be written: " + StrictJson.reason(e),
                "a folder that can be written to, with room on its disk",
                "Mend that and give the same command again; what was finished is kept",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
