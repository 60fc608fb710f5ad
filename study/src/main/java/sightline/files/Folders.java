package sightline.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sightline.error.InputException;

/** Folders that results go into. */
public final class Folders {
    private static final double MIB = 1L << 20;
    private static final double GIB = 1L << 30;

    private Folders() {}

    /**
     * Makes a folder, and those that it lies in, unless it is there.
     *
     * @throws InputException if it is a file, or cannot be made
     */
    public static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            boolean link = Files.isSymbolicLink(folder) && !Files.exists(folder);
            throw new InputException(
                    folder.toString(),
                    link ? "is a link to something that does not exist" : "is a file",
                    "a folder",
                    link ? "Mend the link, or choose another name" : "Choose another name",
                    e);
        } catch (IOException e) {
            requireFoldersAbove(folder);
            throw new InputException(
                    folder.toString(),
                    "cannot be made: " + StrictJson.reason(e),
                    "a folder that can be written to",
                    "Choose another place, or check its permissions",
                    e);
        }
    }

    private static void requireFoldersAbove(Path folder) {
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new InputException(above.toString(), "is a file", "a folder", "Choose another name");
            }
        }
    }

    /**
     * Refuses to begin what the disk has no room for.
     *
     * @param place option or folder, for errors
     * @param folder where it is written; it is there
     * @param bytes that will be written
     * @throws InputException with both numbers
     */
    public static void requireRoom(String place, Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new InputException(
                    place,
                    "needs " + size(bytes) + ", but " + folder + " has " + size(free) + " free",
                    "enough room on that disk",
                    "Free some, or choose another disk");
        }
    }

    private static String size(long bytes) {
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / MIB)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    /**
     * A file in a folder, by a name that was read somewhere.
     *
     * @throws InputException if this system cannot have a file of that name
     */
    public static Path file(Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new InputException(
                    folder.toString(),
                    "can hold no file of the name \"" + name + "\": " + e.getReason(),
                    "a name that this system's encoding has",
                    "Set a UTF-8 locale, for example LC_ALL=C.UTF-8",
                    e);
        }
    }

    /**
     * What a folder holds beside one's own, the first by name.
     *
     * @param ours whether a name is one's own
     */
    public static Optional<Path> other(Path folder, Predicate<String> ours) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !ours.test(file.getFileName().toString()))
                    .sorted()
                    .findFirst();
        }
    }

    /** Makes the names in a folder last through a power failure, where the system can. */
    static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; there the file system sees to it.
        }
    }
}
