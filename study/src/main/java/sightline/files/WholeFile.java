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
 * Files that are there whole or not at all: written beside their place, then put into it in one step. One
 * writer at a time; {@link WorkLock} sees to that.
 */
public final class WholeFile {
    private WholeFile() {}

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
     * Writes a file, in place of one that may be there.
     *
     * @throws InputException if it cannot be written
     */
    public static void write(Path file, Content content) {
        make(file, partial -> {
            try (FileChannel channel = FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
        });
    }

    /**
     * Has a file made, in place of one that may be there.
     *
     * @param maker makes the file that it is told; one may be there, left by a kill
     * @throws InputException if it cannot be written
     */
    public static void make(Path file, Maker maker) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path partial = folder.resolve("." + file.getFileName() + ".partial");
            try {
                maker.make(partial);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Folders.force(folder);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be written: " + Json.reason(e),
                    "a folder that can be written to, with room on its disk",
                    "Mend that and give the same command again",
                    e);
        }
    }
}
