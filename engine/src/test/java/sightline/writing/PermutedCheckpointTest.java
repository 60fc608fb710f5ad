package sightline.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointFolder;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.StoredType;
import sightline.checkpoint.WeightSpec;
import sightline.draw.SeededDraws;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.family.ModelSize;
import sightline.tensor.HostArrays;
import sightline.tensor.Randoms;
import sightline.tensor.Scope;
import sightline.tensor.Shuffle;

/** Permuted checkpoints hold the original's numbers, each matrix's in another order. */
class PermutedCheckpointTest {
    private static final ModelConfig CONFIG = ModelSize.TINY.config();
    private static final String HEAD = "language_model.lm_head.weight";

    @TempDir
    private Path folder;

    private Path original;

    @BeforeEach
    void makeOriginal() throws IOException {
        original = Files.createDirectory(folder.resolve("original"));
    }

    private void writeOriginal(long shardBytes) {
        SpecialTokens tokens = new SpecialTokens(589, List.of(590, 598), 593);
        new RandomCheckpoint(CONFIG, tokens, shardBytes).write(original, 11, written -> {});
    }

    private Path permute(String name, long seed) throws IOException {
        Path written = Files.createDirectory(folder.resolve(name));
        List<Long> told = new ArrayList<>();
        Families.writePermuted(Families.report(original, false), written, seed, told::add);
        assertThat(told).isSorted().last().isEqualTo(bytesOfWeights(original));
        return written;
    }

    private static long bytesOfWeights(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {RandomCheckpoint.SHARD_BYTES, 300_000})
    void eachMatrixHasItsEntriesInAnotherOrder(long shardBytes) throws IOException {
        writeOriginal(shardBytes);
        Set<String> kept = new TreeSet<>();
        try (Checkpoint before = Families.open(original);
                Checkpoint after = Families.open(permute("permuted", 0))) {
            for (WeightSpec weight : CONFIG.weights()) {
                float[] was = HostArrays.floats(before.weight(weight.name()));
                float[] is = HostArrays.floats(after.weight(weight.name()));
                if (Arrays.equals(was, is)) {
                    kept.add(weight.name().replaceAll("\\d+", "N"));
                }
                Arrays.sort(was);
                Arrays.sort(is);
                assertThat(is).as(weight.name()).isEqualTo(was);
            }
        }
        assertThat(kept)
                .allMatch(name -> name.matches(".*(norm|layernorm|layernorm_pre|layernorm_post)\\.(weight|bias)"
                        + "|.*gate|.*gate_attn|.*gate_ffn|.*bias|.*embedding(\\.weight)?|.*embed_tokens\\.weight"))
                .contains(
                        "vision_model.gated_positional_embedding.embedding",
                        "vision_model.pre_tile_positional_embedding.embedding.weight",
                        "language_model.model.embed_tokens.weight",
                        "language_model.model.layers.N.cross_attn_attn_gate")
                .doesNotContain(HEAD, "vision_model.patch_embedding.weight", "multi_modal_projector.weight")
                .noneMatch(name -> name.contains("_proj.") || name.contains("mlp.fcN.weight"));
    }

    /** As anyone can make it again: the draws are those of the tensor's name and the seed. */
    @Test
    void theOrderFollowsFromNameAndSeed() throws IOException {
        writeOriginal(RandomCheckpoint.SHARD_BYTES);
        byte[] first = Files.readAllBytes(permute("first", 3).resolve(CheckpointFolder.SINGLE));
        assertThat(permute("second", 3).resolve(CheckpointFolder.SINGLE)).hasBinaryContent(first);
        assertThat(Files.readAllBytes(permute("other", 4).resolve(CheckpointFolder.SINGLE)))
                .hasSameSizeAs(first)
                .isNotEqualTo(first);
        try (Checkpoint before = Families.open(original);
                Checkpoint after = Families.open(folder.resolve("first"))) {
            float[] entries = HostArrays.floats(before.weight(HEAD));
            SeededDraws draws = SeededDraws.of("permute", HEAD, 3);
            for (int i = 0; i + 1 < entries.length; i++) {
                int j = i + draws.below(entries.length - i);
                float drawn = entries[j];
                entries[j] = entries[i];
                entries[i] = drawn;
            }
            assertThat(HostArrays.floats(after.weight(HEAD))).isEqualTo(entries);
        }
    }

    @Test
    void shardsDoNotMatterAndOtherFilesStay() throws IOException {
        writeOriginal(RandomCheckpoint.SHARD_BYTES);
        Path whole = permute("whole", 0);
        Path moved = Files.move(original, folder.resolve("one-file"));
        Files.createDirectory(original);
        writeOriginal(300_000);
        Files.writeString(original.resolve("tokenizer.json"), "{}");
        Files.writeString(original.resolve("README.md"), "the original's");
        Files.writeString(original.resolve("pytorch_model.bin"), "not these");
        Files.writeString(original.resolve(".notes"), "nor these");
        Files.createDirectory(original.resolve("original"));
        Path shards = permute("shards", 0);
        assertThat(shards.resolve("tokenizer.json")).hasContent("{}");
        assertThat(shards.resolve("README.md")).content().contains("# original, permuted", "--seed 0", "A control");
        assertThat(shards.resolve("pytorch_model.bin")).doesNotExist();
        assertThat(shards.resolve(".notes")).doesNotExist();
        assertThat(shards.resolve("original")).doesNotExist();
        assertThat(shards.resolve("config.json")).hasSameBinaryContentAs(moved.resolve("config.json"));
        try (Checkpoint one = Families.open(whole);
                Checkpoint many = Families.open(shards)) {
            for (WeightSpec weight : CONFIG.weights()) {
                assertThat(HostArrays.floats(many.weight(weight.name())))
                        .as(weight.name())
                        .isEqualTo(HostArrays.floats(one.weight(weight.name())));
            }
        }
    }

    @Test
    void aFolderWithoutWeightsIsRefused() throws IOException {
        writeOriginal(RandomCheckpoint.SHARD_BYTES);
        Files.delete(original.resolve(CheckpointFolder.SINGLE));
        assertThatThrownBy(() -> Families.writePermuted(Families.report(original, false), folder, 0, written -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no weights");
    }

    /** Bits are moved, also those that are no finite number. */
    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16", "F32", "F64"})
    void bitsOfEveryTypeAreMoved(StoredType type) {
        try (Scope scope = Scope.open()) {
            Tensor numbers = Randoms.normal(new long[] {30, 7}, 0, 1, 5).to(type.scalarType());
            ByteBuffer bits = HostArrays.bytes(numbers);
            for (int i = 0; i < type.bytes(); i++) {
                bits.put(i, (byte) -1); // a NaN of all ones
            }
            List<Long> before = bits(numbers, type);
            Shuffle.inPlace(numbers, SeededDraws.of("test"));
            List<Long> after = bits(numbers, type);
            assertThat(after).containsExactlyInAnyOrderElementsOf(before).isNotEqualTo(before);
        }
    }

    private static List<Long> bits(Tensor tensor, StoredType type) {
        ByteBuffer bytes = HostArrays.bytes(tensor);
        List<Long> all = new ArrayList<>();
        while (bytes.hasRemaining()) {
            switch (type.bytes()) {
                case 2 -> all.add((long) bytes.getShort());
                case 4 -> all.add((long) bytes.getInt());
                default -> all.add(bytes.getLong());
            }
        }
        return all;
    }

    @Test
    void onlyWhatLiesContiguousIsShuffled() {
        try (Scope scope = Scope.open()) {
            Tensor across = Randoms.normal(new long[] {3, 4}, 0, 1, 5).t();
            assertThatThrownBy(() -> Shuffle.inPlace(across, SeededDraws.of("test")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
