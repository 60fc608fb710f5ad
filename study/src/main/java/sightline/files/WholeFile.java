package sightline.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import sightline.error.InputException;

/**
 * A file that is there whole or not at all: written beside its place, then put into it in one step. Until then what had its
 * name before stays. One writer at a time.
 *
 * <p>Only regular files are replaced. A link to one stays, and what it leads to is replaced; devices, pipes, sockets, links
 * that lead nowhere and files that are write-protected are refused.
 */
public final class WholeFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path named;
    private final Path file;
    private final Optional<OwnFiles> own;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean finished;

    private WholeFile(Path named, Path file, Optional<OwnFiles> own, FileChannel channel) {
        this.named = named;
        this.file = file;
        this.own = own;
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
        return begin(file, Optional.empty());
    }

    /**
     * The same for a file of a folder with a list.
     *
     * @param own gets the file; one that is there and not in it is not overwritten
     */
    public static WholeFile begin(Path file, OwnFiles own) {
        return begin(file, Optional.of(own));
    }

    private static WholeFile begin(Path named, Optional<OwnFiles> own) {
        Path file = place(named);
        own.ifPresent(list -> list.requireOwn(named));
        try {
            Files.deleteIfExists(partial(file)); // a link there is not followed
            return new WholeFile(
                    named,
                    file,
                    own,
                    FileChannel.open(partial(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw unwritable(named, e);
        }
    }

    /** Adds bytes. */
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw unwritable(named, e);
        }
    }

    /** All is written: forces it to the disk and gives it its name. */
    public void finish() {
        try {
            out.flush();
            channel.force(true);
            out.close();
            put(named, file, own);
            finished = true;
        } catch (IOException e) {
            throw unwritable(named, e);
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
        write(begin(file), content);
    }

    /** The same for a file of a folder with a list; see {@link #begin(Path, OwnFiles)}. */
    public static void write(Path file, OwnFiles own, Content content) {
        write(begin(file, own), content);
    }

    private static void write(WholeFile begun, Content content) {
        try (WholeFile whole = begun) {
            try {
                content.writeTo(whole.out);
            } catch (IOException e) {
                throw unwritable(whole.named, e);
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
        make(file, Optional.empty(), maker);
    }

    /** The same for a file of a folder with a list; see {@link #begin(Path, OwnFiles)}. */
    public static void make(Path file, OwnFiles own, Maker maker) {
        make(file, Optional.of(own), maker);
    }

    private static void make(Path named, Optional<OwnFiles> own, Maker maker) {
        Path file = place(named);
        own.ifPresent(list -> list.requireOwn(named));
        Path partial = partial(file);
        try {
            try {
                maker.make(partial);
                try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                put(named, file, own);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw unwritable(named, e);
        }
    }

    private static void put(Path named, Path file, Optional<OwnFiles> own) throws IOException {
        own.ifPresent(list -> list.add(named, WrittenList.Content.of(partial(file))));
        Files.move(partial(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.force(folder(file));
    }

    /**
     * Where a file of this name is written: there, or where a link of that name leads.
     *
     * @throws InputException if there is, or links to, something that is no regular file and must not be replaced
     */
    public static Path place(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException(file.toString(), "is a folder", "the name of a file", "Choose another name");
        }
        if (!Files.isDirectory(folder(file))) {
            boolean there = Files.exists(folder(file));
            throw new InputException(
                    file.toString(),
                    there ? "lies in a file, not in a folder" : "its folder does not exist",
                    "a folder to write into",
                    there ? "Choose another name" : "Make it first");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return file;
        }
        Path real = real(file);
        if (!Files.isRegularFile(real)) {
            throw new InputException(
                    file.toString(),
                    "is a device, a pipe or a socket",
                    "a regular file or a new name",
                    "Choose another name");
        }
        if (!Files.isWritable(real)) {
            throw new InputException(
                    file.toString(), "is write-protected", "a file that may be replaced", "Choose another name");
        }
        return real;
    }

    private static Path real(Path file) {
        if (!Files.isSymbolicLink(file)) {
            return file;
        }
        try {
            return file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new InputException(
                    file.toString(),
                    "is a link to something that does not exist",
                    "a regular file or a new name",
                    "Mend the link, or choose another name",
                    e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** Where a file is written before it is put into its place; only a kill leaves it. */
    public static Path partial(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".partial");
    }

    /** Whether a file of this name is one that a kill has left. */
    static boolean isPartial(String name) {
        return name.startsWith(".") && name.endsWith(".partial");
    }

    private static InputException unwritable(Path file, IOException e) {
        return new InputException(
                file.toString(),
                "cannot be written: " + StrictJson.reason(e),
                "a folder that can be written to, with room on its disk",
                "Mend that and give the same command again",
                e);
    }
}
