package sightline.writing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.CheckpointFolder;
import sightline.checkpoint.CheckpointReport;
import sightline.checkpoint.SafetensorsFile;
import sightline.checkpoint.WeightSpec;
import sightline.draw.SeededDraws;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.Shuffle;

/**
 * A control for a whole study: a checkpoint with the entries of each of its matrices permuted. It has the original's sizes,
 * tokens and distribution of every weight, and knows nothing. Norms, biases, gates and embeddings stay as they are.
 *
 * <p>Each matrix is shuffled by itself, with the draws of {@code sightline|permute|2026|NAME|SEED}, NAME as in {@link
 * sightline.checkpoint.ModelConfig#weights()}: neither shards nor the files' naming scheme change the result.
 */
public final class PermutedCheckpoint {
    /** Bytes handed to the system at once. */
    private static final long PIECE = 64L << 20;

    private static final String CARD = "README.md";

    /** Weights in this or other formats, which the copy would contradict. */
    private static final Pattern WEIGHTS = Pattern.compile(".*\\.(safetensors|bin|pth|pt|gguf|h5|msgpack)");

    private final CheckpointReport original;
    private final List<Path> weights;
    private final Set<String> matrices;

    /**
     * Nothing is written before {@link #write}.
     *
     * @param original checked
     * @throws InputException if the folder has no weights
     */
    public PermutedCheckpoint(CheckpointReport original) {
        this.original = original;
        this.weights = original.weights()
                .orElseThrow(() -> new InputException(
                        original.folder().toString(),
                        "holds no weights",
                        "a whole checkpoint",
                        "Download the .safetensors files"))
                .files();
        this.matrices = original.config().weights().stream()
                .filter(PermutedCheckpoint::isPermuted)
                .map(WeightSpec::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a weight's entries are permuted: those of every matrix and convolution, but not of tables of embeddings. */
    static boolean isPermuted(WeightSpec weight) {
        return weight.shape().size() > 1 && !weight.isEmbedding();
    }

    /**
     * Writes all files: weights under the original's file names, the other files of the folder itself as they are, and a
     * {@code README.md} of its own. No more than one tensor is ever held in memory.
     *
     * @param folder there, without such files in it
     * @param seed the same seed writes the same bytes
     * @param written hears how many bytes of weights are written so far
     * @throws InputException if a file cannot be read or written
     */
    public void write(Path folder, long seed, LongConsumer written) {
        long done = 0;
        for (Path file : weights) {
            Path target = folder.resolve(file.getFileName());
            try (SafetensorsFile from = SafetensorsFile.open(file);
                    FileChannel source = FileChannel.open(InputFile.regular(file));
                    FileChannel sink =
                            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long before = done;
                permute(from, source, sink, seed, bytes -> written.accept(before + bytes));
                done += from.size();
            } catch (IOException e) {
                throw SafetensorsWriter.unwritable(target, e);
            }
        }
        copyOthers(folder);
        writeCard(folder.resolve(CARD), seed);
    }

    private void permute(SafetensorsFile from, FileChannel source, FileChannel sink, long seed, LongConsumer written)
            throws IOException {
        List<String> inOrder = from.names().stream()
                .filter(name -> matrices.contains(original.config().publishedName(name)))
                .sorted(Comparator.comparingLong(from::position))
                .toList();
        for (String stored : inOrder) {
            copy(source, sink, from.position(stored), written);
            try (Scope scope = Scope.open()) {
                Tensor matrix = from.tensor(stored).clone().flatten();
                Shuffle.inPlace(
                        matrix, SeededDraws.of("permute", original.config().publishedName(stored), seed));
                long piece = PIECE / matrix.element_size();
                for (long first = 0; first < matrix.numel(); first += piece) {
                    writeFully(
                            sink, HostArrays.bytes(matrix.narrow(0, first, Math.min(piece, matrix.numel() - first))));
                }
            }
            written.accept(sink.position());
        }
        copy(source, sink, from.size(), written);
    }

    /** What lies between the end of the written and a place in the original is kept as it is: header and other tensors. */
    private static void copy(FileChannel source, FileChannel sink, long end, LongConsumer written) throws IOException {
        while (sink.position() < end) {
            long at = sink.position();
            long moved = source.transferTo(at, Math.min(PIECE, end - at), sink);
            if (moved <= 0) {
                throw new IOException("the original became shorter while it was read");
            }
            written.accept(at + moved);
        }
    }

    private static void writeFully(FileChannel sink, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            sink.write(bytes);
        }
    }

    private void copyOthers(Path folder) {
        try (Stream<Path> files = Files.list(original.folder())) {
            for (Path file : files.filter(this::isCopied).sorted().toList()) {
                Files.copy(InputFile.regular(file), folder.resolve(file.getFileName()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(
                    original.folder().toString(),
                    "cannot be copied: " + e,
                    "a readable folder, and enough space",
                    "Check its permissions and the free space",
                    e);
        }
    }

    /** Not another program's notes, which begin with a dot; nor an index beside a single file, which is not read. */
    private boolean isCopied(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean idle =
                name.equals(CheckpointFolder.INDEX) && Files.exists(file.resolveSibling(CheckpointFolder.SINGLE));
        boolean other = name.startsWith(".")
                || name.equals(CARD)
                || WEIGHTS.matcher(name).matches();
        return Files.isRegularFile(file) && !idle && !other;
    }

    private void writeCard(Path card, long seed) {
        String name =
                String.valueOf(original.folder().toAbsolutePath().normalize().getFileName());
        List<String> lines = List.of(
                "# " + name + ", permuted",
                "",
                "A control, not a model: the entries of each of the " + matrices.size() + " matrices of " + name
                        + " were permuted, with seed " + seed
                        + ". Norms, biases, gates and embeddings (of tokens, tiles"
                        + " and positions) are the original's, and so are configuration, tokeniser and chat template. Its"
                        + " answers mean nothing. What a study finds in it, it finds without knowledge.",
                "",
                "Each matrix was shuffled (Fisher–Yates, i from 0: i swapped with i + a draw below n − i) with SplitMix64,"
                        + " seeded with the first 8 bytes, big-endian, of the SHA-256 of `sightline|permute|2026|NAME|"
                        + seed + "`, NAME being the tensor's published name. To make it again:",
                "",
                "    sightline bench checkpoint --permuted " + name + " --seed " + seed + " --out DIR",
                "",
                "The original's licence holds for it too.");
        try {
            Files.write(card, lines, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw SafetensorsWriter.unwritable(card, e);
        }
    }
}
