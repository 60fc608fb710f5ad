package sightline.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import sightline.error.InputException;

/**
 * A file that is there whole or not at all: written beside its place, then put into it in one step. Until then what had its
 * name before stays. One writer at a time.
 */
public final class WholeFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean finished;

    private WholeFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes a file at a given path. */
    @FunctionalInterface
    public interface Maker {
        void make(Path partial) throws IOException;
    }

    /**
     * Begins a file that is written piece by piece.
     *
     * @throws InputException if it cannot be written; so do the other methods
     */
    public static WholeFile begin(Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new InputException(file.toString(), "is a folder", "the name of a file", "Choose another name");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    file.toString(), "its folder does not exist", "a folder to write into", "Make it first");
        }
        try {
            return new WholeFile(
                    file,
                    FileChannel.open(
                            partial(file),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Adds bytes. */
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** All is written: forces it to the disk and gives it its name. */
    public void finish() {
        try {
            out.flush();
            channel.force(true);
            out.close();
            put(file);
            finished = true;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Drops what was written, unless it was finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(partial(file));
        } catch (IOException e) {
            // Its name says what remains, and the next writer replaces it.
        }
    }

    /**
     * Writes a file, in place of one that may be there.
     *
     * @throws InputException if it cannot be written
     */
    public static void write(Path file, Content content) {
        try (WholeFile whole = begin(file)) {
            try {
                content.writeTo(whole.out);
            } catch (IOException e) {
                throw unwritable(file, e);
            }
            whole.finish();
        }
    }

    /**
     * Has a file made, in place of one that may be there.
     *
     * @param maker makes the file that it is told; one may be there, left by a kill
     * @throws InputException if it cannot be written
     */
    public static void make(Path file, Maker maker) {
        Path partial = partial(file);
        try {
            try {
                maker.make(partial);
                try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                put(file);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void put(Path file) throws IOException {
        Files.move(partial(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.force(folder(file));
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** Where a file is written before it is put into its place; only a kill leaves it. */
    public static Path partial(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".partial");
    }

    private static InputException unwritable(Path file, IOException e) {
        return new InputException(
                file.toString(),
                "cannot be written: " + Json.reason(e),
                "a folder that can be written to, with room on its disk",
                "Mend that and give the same command again",
                e);
    }
}
