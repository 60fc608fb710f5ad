package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;
import sightline.family.Families;

/** Weights are what they were, or it is seen. */
class WeightsHashTest {
    private static final String WEIGHTS = "model-00002-of-00004.safetensors";
    private static final long LONG_AGO = 1_000_000_000_000_000_000L; // September 2001

    @TempDir
    private Path folder;

    private static String hash(Path checkpoint) {
        try (Checkpoint opened = Families.open(checkpoint);
                WeightsHash hash = opened.hashWeights()) {
            return hash.get();
        }
    }

    private static String fingerprint(Path checkpoint) {
        try (Checkpoint opened = Families.open(checkpoint)) {
            return opened.fingerprint();
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int old = bytes.read();
            bytes.seek(offset);
            bytes.write(old ^ 1);
        }
    }

    @Test
    void everyByteCounts() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        String before = hash(copy);
        assertThat(before).matches("[0-9a-f]{64}").isEqualTo(hash(Folders.TINY10));
        String print = fingerprint(copy);
        Path file = copy.resolve(WEIGHTS);
        long size = Files.size(file);
        int unseen = 0;
        Random random = new Random(8);
        for (int i = 0; i < 20; i++) {
            long offset = size - 1 - random.nextLong(250_000); // behind the header
            flip(file, offset);
            assertThat(hash(copy)).as("byte %d of %d", offset, size).isNotEqualTo(before);
            unseen += fingerprint(copy).equals(print) ? 1 : 0;
            flip(file, offset);
        }
        assertThat(hash(copy)).isEqualTo(before);
        assertThat(unseen).as("edits that blocks alone do not see").isPositive();
    }

    @Test
    void filesThatChangePlacesCount() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Path one = Files.write(folder.resolve("one"), new byte[] {1, 2});
        Path two = Files.write(folder.resolve("two"), new byte[] {2, 1});
        Files.copy(one, copy.resolve("a.safetensors"));
        Files.copy(two, copy.resolve("b.safetensors"));
        String before = of(copy, "a.safetensors", "b.safetensors");
        Files.copy(two, copy.resolve("a.safetensors"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(one, copy.resolve("b.safetensors"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(of(copy, "a.safetensors", "b.safetensors")).isNotEqualTo(before);
    }

    private String of(Path checkpoint, String... names) {
        List<Path> files = Arrays.stream(names).map(checkpoint::resolve).toList();
        HashCache cache = new HashCache(folder.resolve("cache"), Long.MAX_VALUE);
        try (WeightsHash hash = WeightsHash.begin(CheckpointFiles.of(checkpoint), files, cache)) {
            return hash.get();
        }
    }

    @Test
    void aLargeFileIsHashedInPieces() throws Exception {
        byte[] bytes = new byte[2 * TreeHash.CHUNK + 5];
        new Random(3).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large"), bytes);
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        for (int start = 0; start < bytes.length; start += TreeHash.CHUNK) {
            int end = Math.min(bytes.length, start + TreeHash.CHUNK);
            whole.update(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bytes, start, end)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            assertThat(TreeHash.of(file, bytes.length, threads, () -> false))
                    .isEqualTo(HexFormat.of().formatHex(whole.digest()));
            assertThatThrownBy(() -> TreeHash.of(file, bytes.length + 1, threads, () -> false))
                    .hasMessageContaining("became shorter");
            assertThatThrownBy(() -> TreeHash.of(file, bytes.length, threads, () -> true))
                    .hasMessageContaining("no longer wanted");
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void everyChangeOfAFolderIsSeenAndNamed() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Path weights = copy.resolve(WEIGHTS);
        Path template = copy.resolve("chat_template.jinja");
        FileTime time = Files.getLastModifiedTime(weights);

        CheckpointFiles files = CheckpointFiles.of(copy);
        files.requireUnchanged();
        Files.writeString(copy.resolve("notes.txt"), "mine");
        files.requireUnchanged();

        Files.writeString(template, "{{ messages }}");
        assertChanged(files, template);
        files = CheckpointFiles.of(copy);
        Files.delete(template);
        assertChanged(files, template);

        files = CheckpointFiles.of(copy);
        Files.write(weights, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        assertChanged(files, weights);

        files = CheckpointFiles.of(copy);
        Path other = Files.copy(weights, folder.resolve("other"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);
        if (!FileState.of(weights).orElseThrow().key().isEmpty()) {
            assertChanged(files, weights);
        }

        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("unix"));
        files = CheckpointFiles.of(copy);
        flip(weights, Files.size(weights) - 100);
        Files.setLastModifiedTime(weights, time);
        assertChanged(files, weights);
    }

    private static void assertChanged(CheckpointFiles files, Path file) {
        assertThatThrownBy(files::requireUnchanged)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file + ": was changed while the model was in use");
    }

    @Test
    void aHashIsRememberedForOneStateOfOneFile() throws IOException {
        Path cached = folder.resolve("cache");
        HashCache cache = new HashCache(cached, 2);
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        FileState state = FileState.of(file).orElseThrow();
        String hash = "ab".repeat(32);
        long later = state.latest() + 3_000_000_000L;

        cache.put(file, state, hash, state.latest() + 1);
        assertThat(cache.find(file, state)).as("just written to").isEmpty();
        cache.put(file, state, hash, later);
        assertThat(cache.find(file, state)).contains(hash);

        List<FileState> others = List.of(
                new FileState(state.name(), 4, state.modified(), state.changed(), state.key()),
                new FileState(state.name(), 3, LONG_AGO, state.changed(), state.key()),
                new FileState(state.name(), 3, state.modified(), LONG_AGO, state.key()),
                new FileState(state.name(), 3, state.modified(), state.changed(), "other"));
        others.forEach(other ->
                assertThat(cache.find(file, other)).as(other.toString()).isEmpty());
        Path second = Files.write(folder.resolve("second"), new byte[] {1, 2, 3});
        assertThat(cache.find(second, state)).isEmpty();

        Path entry;
        try (var entries = Files.list(cached)) {
            entry = entries.findFirst().orElseThrow();
        }
        String line = Files.readString(entry);
        for (String broken : List.of(
                "",
                "x",
                line.substring(0, 90),
                line + line,
                line.replace("ab", "ac"),
                line.replace("sightline-hash-1", "sightline-hash-2"),
                line.toUpperCase(java.util.Locale.ROOT),
                "z".repeat(5000))) {
            Files.writeString(entry, broken);
            assertThat(cache.find(file, state)).as(broken).isEmpty();
        }
        cache.put(file, state, hash, later);
        assertThat(cache.find(file, state)).contains(hash);

        new HashCache(cached, 4).put(file, state, "cd".repeat(32), later);
        assertThat(cache.find(file, state)).as("small files are not remembered").contains(hash);
    }

    @Test
    void aCacheThatCannotBeUsedOnlyMeansHashingAgain() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("cache"), "a file");
        HashCache cache = new HashCache(inTheWay, 1);
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        FileState state = FileState.of(file).orElseThrow();
        cache.put(file, state, "ab".repeat(32), Long.MAX_VALUE);
        assertThat(cache.find(file, state)).isEmpty();
        assertThat(inTheWay).hasContent("a file");

        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        try (WeightsHash hash = WeightsHash.begin(CheckpointFiles.of(copy), List.of(copy.resolve(WEIGHTS)), cache)) {
            assertThat(hash.get()).hasSize(64);
        }
    }

    @Test
    void aRememberedHashIsTakenUnread() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Path file = copy.resolve(WEIGHTS);
        HashCache cache = new HashCache(folder.resolve("cache"), 1);
        CheckpointFiles files = CheckpointFiles.of(copy);
        String real;
        try (WeightsHash hash = WeightsHash.begin(files, List.of(file), cache)) {
            real = hash.get();
        }
        cache.put(file, files.state(file), "ab".repeat(32), Long.MAX_VALUE);
        try (WeightsHash hash = WeightsHash.begin(files, List.of(file), cache)) {
            assertThat(hash.known()).isPresent().get().isNotEqualTo(real);
        }
    }
}
