package sightline.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Watches how much memory of its own this process takes: without mapped files, whose pages the system may drop at any
 * time. Only where Linux's {@code /proc} tells.
 */
public final class MemoryWatch implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "RssAnon:";
    private static final long INTERVAL = 20;

    private final long atStart;
    private final Thread thread;
    private volatile long most;

    private MemoryWatch(long atStart) {
        this.atStart = atStart;
        this.most = atStart;
        this.thread = new Thread(this::watch, "memory watch");
        this.thread.setDaemon(true);
    }

    /** Begins to watch; what is there already does not count. */
    public static MemoryWatch open() {
        MemoryWatch watch = new MemoryWatch(bytes());
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                most = Math.max(most, bytes());
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** The most that came on top of what was there at the start, in bytes; empty where the system does not tell. */
    public OptionalLong growth() {
        return atStart < 0 ? OptionalLong.empty() : OptionalLong.of(most - atStart);
    }

    private static long bytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line ->
                            line.substring(FIELD.length()).replace("kB", "").strip())
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
