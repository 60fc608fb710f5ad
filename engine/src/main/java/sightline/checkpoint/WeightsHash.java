package sightline.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import sightline.error.InputException;

/**
 * One hash over every byte of a checkpoint's weights, computed in the background from when it is asked for: SHA-256 over
 * the name, size and {@link TreeHash} of each file. Files whose hash is remembered beside their state are not read.
 */
public final class WeightsHash implements AutoCloseable {
    private static final int MOST_THREADS = 8;
    private static final long NANOSECONDS = 1_000_000_000L;

    private final CheckpointFiles files;
    private final CompletableFuture<String> hash = new CompletableFuture<>();
    private volatile boolean ended;

    private WeightsHash(CheckpointFiles files) {
        this.files = files;
    }

    static WeightsHash begin(CheckpointFiles files, List<Path> weights, HashCache cache) {
        WeightsHash begun = new WeightsHash(files);
        long unknown = weights.stream()
                .filter(file -> cache.find(file, files.state(file)).isEmpty())
                .mapToLong(file -> files.state(file).size())
                .sum();
        if (unknown < HashCache.LEAST_BYTES) {
            begun.compute(weights, cache);
            return begun;
        }
        Thread thread = new Thread(() -> begun.compute(weights, cache), "hash of the weights");
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private void compute(List<Path> weights, HashCache cache) {
        int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "hash of the weights, piece");
            thread.setDaemon(true);
            return thread;
        });
        try {
            MessageDigest all = TreeHash.sha256();
            for (Path file : weights) {
                FileState state = files.state(file);
                String line = state.name() + "\n" + state.size() + "\n" + one(file, state, cache, threads) + "\n";
                all.update(line.getBytes(StandardCharsets.UTF_8));
            }
            hash.complete(HexFormat.of().formatHex(all.digest()));
        } catch (InterruptedException | RuntimeException | Error e) {
            hash.completeExceptionally(e);
        } finally {
            threads.shutdown();
        }
    }

    private String one(Path file, FileState state, HashCache cache, ExecutorService threads)
            throws InterruptedException {
        Optional<String> remembered = cache.find(file, state);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        Instant now = Instant.now();
        try {
            String hashed = TreeHash.of(file, state.size(), threads, () -> ended);
            files.requireUnchanged(); // else it may be of a mixture
            cache.put(file, state, hashed, now.getEpochSecond() * NANOSECONDS + now.getNano());
            return hashed;
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + e.getMessage(), "a readable file", "Check the disk", e);
        }
    }

    /** The state of the files that it is of. */
    public CheckpointFiles files() {
        return files;
    }

    /** The hash in lower-case hex, if it is there yet. */
    public Optional<String> known() {
        return hash.isDone() && !hash.isCompletedExceptionally() ? Optional.of(hash.join()) : Optional.empty();
    }

    /**
     * The hash in lower-case hex, once it is there.
     *
     * @throws InputException if a file cannot be read, or was changed meanwhile
     */
    public String get() {
        try {
            return hash.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e;
        }
    }

    /** Ends the work if it goes on still. Closing twice is harmless. */
    @Override
    public void close() {
        ended = true;
    }
}
