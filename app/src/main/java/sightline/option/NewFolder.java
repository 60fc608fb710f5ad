package sightline.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.StrictJson;

/**
 * A folder that appears whole or not at all. Files go into one beside it, which takes its name when all are written and is
 * deleted if the work fails or the process is interrupted.
 */
public final class NewFolder implements AutoCloseable {
    /** A file may be created while the folder is being emptied, at an interruption. */
    private static final int DELETIONS = 3;

    private final String option;
    private final Path target;
    private final Path partial;
    private final Thread onInterrupt;

    private NewFolder(String option, Path target, Path partial) {
        this.option = option;
        this.target = target;
        this.partial = partial;
        this.onInterrupt = new Thread(() -> delete(partial), "partial folder");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /**
     * Begins a folder.
     *
     * @param option that named it, for errors
     * @param target must not exist, or be empty
     * @param bytes that will be written
     * @throws InputException if it holds something, cannot be made, or there is no room
     */
    public static NewFolder begin(String option, Path target, long bytes) {
        requireEmpty(option, target);
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException(
                    option, "the folder " + parent + " does not exist", "a folder to write into", "Make it first");
        }
        try {
            Folders.requireRoom(option, parent, bytes);
            Path partial = Files.createTempDirectory(parent, "." + target.getFileName() + ".partial-");
            return new NewFolder(option, target, partial);
        } catch (IOException e) {
            throw new InputException(
                    option,
                    parent + " cannot be written to: " + StrictJson.reason(e),
                    "a folder that can",
                    "Check its permissions",
                    e);
        }
    }

    private static void requireEmpty(String option, Path target) {
        if (Files.isSymbolicLink(target)) { // the finished folder could not take its place
            throw new InputException(option, "is the link " + target, "a new folder", "Name the folder itself");
        }
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new InputException(option, "is the file " + target, "a new folder", "Choose another name");
        }
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new InputException(
                        option,
                        "the folder " + target + " is not empty",
                        "a new or empty folder, so that nothing is overwritten",
                        "Choose another name, or empty it");
            }
        } catch (NoSuchFileException e) {
            // new
        } catch (IOException e) {
            throw new InputException(
                    option,
                    target + " cannot be read: " + StrictJson.reason(e),
                    "a new folder",
                    "Choose another name",
                    e);
        }
    }

    /** Where to write. */
    public Path path() {
        return partial;
    }

    /** All is written: the folder takes its name. */
    public void finish() {
        try {
            Files.deleteIfExists(target); // empty; a folder that is not is refused here too
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException e) {
            throw new InputException(
                    option, target + " was filled while this ran", "a new or empty folder", "Choose another name", e);
        } catch (IOException e) {
            throw new InputException(
                    option,
                    target + " cannot be made: " + StrictJson.reason(e),
                    "a new folder",
                    "Choose another name",
                    e);
        }
    }

    /** Deletes what was written, unless it was finished. */
    @Override
    public void close() {
        delete(partial);
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run or will.
        }
    }

    private static void delete(Path folder) {
        for (int i = 0; i < DELETIONS && Files.exists(folder); i++) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // Again; what then remains has a name that says what it is.
            }
        }
    }
}
