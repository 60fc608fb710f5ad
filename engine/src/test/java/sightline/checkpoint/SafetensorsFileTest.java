package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    private static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));

    @TempDir
    Path folder;

    @Test
    void readsTheGoldenProbabilities() {
        try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("tiny10/expected.safetensors"));
                Tensor baseline = file.tensor("case0.baseline.paper.paper")) {
            assertThat(file.names()).hasSize(682).contains("case0.logits.paper");
            assertThat(file.metadata()).containsKey("made_with");
            assertThat(file.shape("case0.baseline.paper.paper")).containsExactly(2);
            assertThat(file.type("case0.baseline.paper.paper")).isEqualTo(StoredType.F64);
            double[] values = new double[2];
            baseline.data_ptr_double().get(values);
            assertThat(DoubleStream.of(values)).allMatch(p -> p > 0 && p < 1);
        }
    }

    @Test
    void readsEveryTypeShapeAndAlignment() {
        // The header is padded to 8 bytes; the one-byte tensor leaves what follows it unaligned.
        Path path = SafetensorsFixture.to(folder.resolve("types.safetensors"))
                .add("bf16", "BF16", new long[] {2, 1}, new byte[] {(byte) 0x80, 0x3f, 0x40, (byte) 0xc0}) // 1, -3
                .add("f16", "F16", new long[] {}, new byte[] {0, 0x3e}) // 1.5, no axes
                .add("flag", "BOOL", new long[] {1}, new byte[] {1})
                .add("f32", "F32", new long[] {1}, new byte[] {0, 0, 0x20, 0x40}) // 2.5, unaligned
                .add("none", "F32", new long[] {0, 3}, new byte[0])
                .write();
        try (SafetensorsFile file = SafetensorsFile.open(path);
                PointerScope scope = new PointerScope()) {
            scope.attach(file.tensor("bf16"));
            assertThat(file.tensor("bf16").scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(file.tensor("bf16").select(0, 1).item_double()).isEqualTo(-3.0);
            assertThat(file.tensor("f16").dim()).isZero();
            assertThat(file.tensor("f16").item_double()).isEqualTo(1.5);
            assertThat(file.tensor("f32").item_double()).isEqualTo(2.5);
            assertThat(file.tensor("none").numel()).isZero();
            assertThat(file.tensor("none").size(1)).isEqualTo(3);
        }
    }

    @Test
    @SuppressWarnings("try") // The scope is there to be left.
    void tensorsOutliveTheFileButNoNewOnesCanBeTaken() {
        Path path = SafetensorsFixture.to(folder.resolve("one.safetensors"))
                .add("x", "F32", new long[] {1}, new byte[] {0, 0, 0x20, 0x40})
                .write();
        SafetensorsFile file = SafetensorsFile.open(path);
        Tensor kept;
        try (PointerScope scope = new PointerScope()) {
            kept = file.tensor("x"); // must survive the scope
        }
        file.close();
        file.close();
        assertThat(kept.item_double()).isEqualTo(2.5);
        kept.close();
        assertThat(kept.isNull()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> file.tensor("x")).withMessageContaining("closed");
    }

    @Test
    void anUnknownNameIsTheCallersMistake() {
        try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("tiny10/expected.safetensors"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> file.tensor("nope"))
                    .withMessageContaining("nope");
        }
    }
}
