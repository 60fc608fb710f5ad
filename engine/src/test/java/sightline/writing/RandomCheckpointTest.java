package sightline.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointFolder;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.checkpoint.StoredType;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.family.ModelSize;
import sightline.tensor.DType;
import sightline.tensor.HostArrays;
import sightline.tensor.Randoms;
import sightline.tensor.Scope;

/** Written checkpoints read back. */
class RandomCheckpointTest {
    private static final ModelConfig CONFIG = ModelSize.TINY.config();
    private static final SpecialTokens TOKENS = new SpecialTokens(589, List.of(590, 598), 593);
    private static final long SEED = 11;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {RandomCheckpoint.SHARD_BYTES, 300_000})
    void holdsTheRandomWeightsOfItsSeed(long shardBytes) throws IOException {
        RandomCheckpoint written = new RandomCheckpoint(CONFIG, TOKENS, shardBytes);
        AtomicLong bytes = new AtomicLong();
        written.write(folder, SEED, bytes::set);
        assertThat(bytes.get()).isEqualTo(2 * CONFIG.parameters());
        assertThat(weightBytes()).isEqualTo(written.bytes());
        boolean oneFile = shardBytes == RandomCheckpoint.SHARD_BYTES;
        assertThat(Files.exists(folder.resolve(CheckpointFolder.SINGLE))).isEqualTo(oneFile);
        assertThat(Files.exists(folder.resolve(CheckpointFolder.INDEX))).isNotEqualTo(oneFile);
        try (Checkpoint read = Families.open(folder);
                RandomWeights wanted = new RandomWeights(CONFIG, SEED, false)) {
            assertThat(read.config()).isEqualTo(CONFIG);
            assertThat(read.generation().endTokens()).containsExactly(590, 598);
            assertThat(read.report().warnings())
                    .as("only what makes inputs")
                    .allMatch(text -> text.contains(" is missing"));
            for (WeightSpec weight : CONFIG.weights()) {
                Tensor actual = read.weight(weight.name());
                assertThat(DType.BFLOAT16.holds(actual)).isTrue();
                assertThat(HostArrays.floats(actual))
                        .as(weight.name())
                        .isEqualTo(HostArrays.floats(wanted.weight(weight.name())));
            }
        }
    }

    private long weightBytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySizeSurvivesItsConfigJson(ModelSize size) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, ConfigJson.of(size.config(), TOKENS).toString());
        assertThat(Families.report(folder, true).config()).isEqualTo(size.config());
        assertThat(ModelSize.named(size.toString())).contains(size);
    }

    /** 10.67 billion is what the published index gives for the 11B model: 21,340,441,670 bytes. */
    @Test
    void theLargestSizeIsThePublishedOne() {
        assertThat(2 * ModelSize.ELEVEN_BILLION.config().parameters()).isEqualTo(21_340_441_670L);
        RandomCheckpoint checkpoint = new RandomCheckpoint(ModelSize.ELEVEN_BILLION.config(), TOKENS);
        assertThat(checkpoint.bytes()).isBetween(21_340_441_670L, 21_341_000_000L);
    }

    @Test
    void aTensorOutOfTurnIsRefused() {
        List<WeightSpec> specs = List.of(new WeightSpec("a", List.of(2L, 3L)), new WeightSpec("b", List.of(4L)));
        Path file = folder.resolve("x.safetensors");
        assertThatThrownBy(() -> {
                    try (Scope scope = Scope.open();
                            SafetensorsWriter writer = SafetensorsWriter.create(file, StoredType.BF16, specs)) {
                        writer.append("a", Randoms.normal(new long[] {4}, 0, 1, 1));
                        writer.append("a", Randoms.normal(new long[] {3}, 0, 1, 1));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 numbers of a given, but 2 BF16 of a expected");
        assertThatThrownBy(() -> SafetensorsWriter.create(file, StoredType.BF16, specs))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aFileThatLacksATensorIsNoSuccess() {
        List<WeightSpec> specs = List.of(new WeightSpec("a", List.of(2L)), new WeightSpec("b", List.of(4L)));
        assertThatThrownBy(() -> {
                    try (Scope scope = Scope.open();
                            SafetensorsWriter writer =
                                    SafetensorsWriter.create(folder.resolve("y"), StoredType.BF16, specs)) {
                        writer.append("a", Randoms.normal(new long[] {2}, 0, 1, 1));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lacks b");
    }
}
