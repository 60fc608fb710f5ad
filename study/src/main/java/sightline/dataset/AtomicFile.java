package sightline.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import sightline.error.InputException;

/** A file that appears whole or not at all: until it is finished, what had its name before stays. */
final class AtomicFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path partial;
    private final OutputStream out;
    private boolean finished;

    private AtomicFile(Path target, Path partial, OutputStream out) {
        this.target = target;
        this.partial = partial;
        this.out = out;
    }

    /**
     * Begins a file.
     *
     * @throws InputException if it cannot be written
     */
    static AtomicFile begin(Path target) {
        Path folder = target.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(target)) {
            throw new InputException(target.toString(), "is a folder", "the name of a file", "Choose another name");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException(
                    target.toString(), "its folder does not exist", "a folder to write into", "Make it first");
        }
        String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial";
        Path partial = folder.resolve(name);
        try {
            OutputStream out = Files.newOutputStream(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return new AtomicFile(target, partial, new BufferedOutputStream(out, BUFFER));
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** All is written: the file takes its name. */
    void finish() {
        try {
            out.close();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            finished = true;
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Drops what was written, unless it was finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            // It is dropped anyway.
        }
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // Its name says what remains.
        }
    }

    private static InputException unwritable(Path target, IOException e) {
        return new InputException(
                target.toString(),
                "cannot be written: " + e.getMessage(),
                "a folder that can be written to, with enough room",
                "Check its permissions and the free space",
                e);
    }
}
