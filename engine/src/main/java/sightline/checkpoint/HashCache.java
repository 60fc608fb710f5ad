package sightline.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the hashes of large files beside their states, so that each is read through once. It lies in the user's cache
 * folder; whatever is wrong with it only means that a file is hashed again.
 */
final class HashCache {
    /** Smaller files are hashed sooner than looked up by a person who wonders what this folder is. */
    static final long LEAST_BYTES = 64L << 20;

    private static final String HEAD = "sightline-hash-1";

    /** A file that was written to shortly before may be again without its times showing it. */
    private static final long SETTLED_NANOSECONDS = 2_000_000_000L;

    private static final long MOST_BYTES = 4096;
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final long leastBytes;

    /**
     * A cache.
     *
     * @param folder made when it is needed
     * @param leastBytes of a file that is remembered
     */
    HashCache(Path folder, long leastBytes) {
        this.folder = folder;
        this.leastBytes = leastBytes;
    }

    /** That of the user: {@code $XDG_CACHE_HOME/sightline/weights}, or in {@code ~/.cache}. */
    static HashCache ofUser() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path home = caches == null || !caches.startsWith("/")
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(caches);
        return new HashCache(home.resolve("sightline").resolve("weights"), LEAST_BYTES);
    }

    /** The hash of a file in this very state, if it is remembered. */
    Optional<String> find(Path file, FileState state) {
        if (state.size() < leastBytes) {
            return Optional.empty();
        }
        try {
            Path entry = entry(file);
            if (!Files.isRegularFile(entry) || Files.size(entry) > MOST_BYTES) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(entry, StandardCharsets.UTF_8);
            if (lines.size() != 1 || !lines.get(0).matches(HEAD + " [0-9a-f]{64} [0-9a-f]{64}")) {
                return Optional.empty();
            }
            String hash = lines.get(0).substring(HEAD.length() + 1, HEAD.length() + 65);
            return lines.get(0).equals(line(file, state, hash)) ? Optional.of(hash) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Remembers a hash, if that is safe.
     *
     * @param begun when the hashing began, in nanoseconds since 1970
     */
    void put(Path file, FileState state, String hash, long begun) {
        if (state.size() < leastBytes || begun - state.latest() < SETTLED_NANOSECONDS) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, ".hash", ".partial");
            try {
                Files.writeString(partial, line(file, state, hash) + "\n");
                Files.move(partial, entry(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            // The next call hashes again.
        }
    }

    private Path entry(Path file) throws IOException {
        return folder.resolve(hex(file.toRealPath().toString()));
    }

    /** Head, hash, and a hash over both, the file's path and its state: a damaged line is none. */
    private static String line(Path file, FileState state, String hash) throws IOException {
        String about = String.join(
                "\n",
                HEAD,
                hash,
                file.toRealPath().toString(),
                String.valueOf(state.size()),
                String.valueOf(state.modified()),
                String.valueOf(state.changed()),
                state.key());
        return HEAD + " " + hash + " " + hex(about);
    }

    private static String hex(String text) {
        return HEX.formatHex(TreeHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
