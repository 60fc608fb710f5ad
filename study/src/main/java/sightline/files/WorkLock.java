package sightline.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import sightline.error.InputException;
import sightline.error.InputFile;

/**
 * Keeps other processes, and other threads of this one, out of a piece of work. The work is a line of {@value #WHOLE}
 * points; whoever holds a stretch of it keeps out those whose stretch overlaps. The system gives the lock up when the
 * process ends, however it ends.
 */
public final class WorkLock implements AutoCloseable {
    /** Points of the whole work. */
    public static final long WHOLE = 1L << 30;

    /** A process's locks on a file all end when it closes any channel to it, so there is one for all. */
    private static final Map<Path, Opened> OPENED = new HashMap<>();

    private final Opened opened;
    private final FileLock lock;

    private WorkLock(Opened opened, FileLock lock) {
        this.opened = opened;
        this.lock = lock;
    }

    /** Takes the whole work; otherwise as {@link #tryTake(Path, long, long)}. */
    public static Optional<WorkLock> tryTake(Path file) {
        return tryTake(file, 0, WHOLE);
    }

    /**
     * Takes a stretch of the work.
     *
     * @param file that stands for the work, in a folder that exists; made if it is not there, never deleted
     * @param first point of the stretch
     * @param end point behind it, at most {@value #WHOLE}
     * @return empty if somebody holds a part of it
     * @throws InputException if the file cannot be made, or its file system has no locks
     */
    public static Optional<WorkLock> tryTake(Path file, long first, long end) {
        synchronized (OPENED) {
            try {
                Opened opened = open(file);
                try {
                    FileLock lock = opened.channel.tryLock(first, end - first, false);
                    if (lock == null) {
                        return Optional.empty();
                    }
                    opened.holders++;
                    return Optional.of(new WorkLock(opened, lock));
                } catch (OverlappingFileLockException e) {
                    return Optional.empty(); // held by this process
                } finally {
                    opened.closeIfIdle();
                }
            } catch (IOException e) {
                throw failure(file, e);
            }
        }
    }

    private static Opened open(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        Opened opened = OPENED.get(real);
        if (opened == null) {
            opened = new Opened(
                    real,
                    FileChannel.open(InputFile.regular(real), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            OPENED.put(real, opened);
        }
        return opened;
    }

    /**
     * Does something while nobody else does such a thing with this work; waits for them. The action may take stretches.
     *
     * @param file as for {@link #tryTake(Path, long, long)}
     * @throws InputException if the file cannot be made, or its file system has no locks
     */
    public static <T> T alone(Path file, Supplier<T> action) {
        synchronized (OPENED) {
            try {
                Opened opened = open(file);
                opened.holders++;
                try (FileLock moment = opened.channel.lock(WHOLE, 1, false)) {
                    return action.get();
                } finally {
                    opened.holders--;
                    opened.closeIfIdle();
                }
            } catch (IOException e) {
                throw failure(file, e);
            }
        }
    }

    private static InputException failure(Path file, IOException e) {
        return new InputException(
                file.toString(),
                "cannot be locked: " + StrictJson.reason(e),
                "a folder that can be written to, on a file system with locks",
                "Choose another place",
                e);
    }

    /** Lets others have it. Closing twice is harmless. */
    @Override
    public void close() {
        synchronized (OPENED) {
            try {
                if (lock.isValid()) {
                    lock.release();
                    opened.holders--;
                    opened.closeIfIdle();
                }
            } catch (IOException e) {
                throw failure(opened.file, e);
            }
        }
    }

    /** The one channel that this process has to a file, while it holds locks on it. */
    private static final class Opened {
        private final Path file;
        private final FileChannel channel;
        private int holders;

        Opened(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        void closeIfIdle() throws IOException {
            if (holders == 0) {
                OPENED.remove(file);
                channel.close();
            }
        }
    }
}
