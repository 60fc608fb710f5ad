package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rates cannot be known beforehand; how they hang together can. */
class RooflineTest {
    private static Roofline quick(DType dtype, DType stored) {
        return new Roofline(new Compute(ComputeDevice.CPU, dtype), stored, Duration.ofMillis(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "BFLOAT16"})
    void aShapesTimeAndRateBelongTogether(DType dtype) {
        Roofline roofline = quick(dtype, DType.BFLOAT16);
        double best = roofline.bestRate();
        assertThat(best).isFinite().isPositive();
        assertThat(roofline.bestRate()).as("measured once").isEqualTo(best);
        for (Work work : new Work[] {new Work.Matrix(100, 512, 512, 3), new Work.Batched(4, 100, 32, 200, 3)}) {
            assertThat(roofline.rate(work)).isFinite().isPositive();
            assertThat(roofline.seconds(work) * roofline.rate(work)).isCloseTo(work.operations(), within(work));
        }
    }

    private static Offset<Double> within(Work work) {
        return offset(1e-9 * work.operations());
    }

    @Test
    void timeGrowsWithTheCountAndBeyondWhatIsMeasuredWithTheRows() {
        Roofline roofline = quick(DType.FLOAT32, DType.FLOAT32);
        double one = roofline.seconds(new Work.Matrix(2048, 32, 48, 1));
        assertThat(roofline.seconds(new Work.Matrix(2048, 32, 48, 5))).isEqualTo(5 * one);
        assertThat(roofline.seconds(new Work.Matrix(4096, 32, 48, 1))).isEqualTo(2 * one);
        double attention = roofline.seconds(new Work.Batched(2, 10, 8, 20, 1));
        assertThat(roofline.seconds(new Work.Batched(2, 10, 8, 20, 2.5)))
                .isCloseTo(2.5 * attention, offset(1e-9 * attention));
        assertThat(attention).isPositive();
    }

    @Test
    void betweenMeasuredRowsTimeLiesOnTheLine() {
        Roofline roofline = quick(DType.FLOAT32, DType.FLOAT32);
        double low = roofline.seconds(new Work.Matrix(64, 256, 256, 1));
        double high = roofline.seconds(new Work.Matrix(128, 256, 256, 1));
        assertThat(roofline.seconds(new Work.Matrix(96, 256, 256, 1))).isCloseTo((low + high) / 2, offset(1e-12));
    }

    @Test
    void operationsAreTwoAMultiplication() {
        assertThat(new Work.Matrix(3, 5, 7, 2).operations()).isEqualTo(420);
        assertThat(new Work.Batched(2, 3, 5, 7, 0.5).operations()).isEqualTo(420);
        assertThatThrownBy(() -> new Work.Matrix(0, 5, 7, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void memoryHasSpeeds() {
        Roofline.Memory memory = quick(DType.FLOAT32, DType.FLOAT32).memory();
        assertThat(memory.read()).isFinite().isPositive();
        assertThat(memory.copy()).isFinite().isPositive();
        assertThat(memory.widen()).isFinite().isPositive();
    }
}
