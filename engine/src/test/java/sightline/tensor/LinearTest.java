package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A weight stored as bfloat16 and widened at each use gives what a converted one gives. */
class LinearTest {
    /** The last output sizes exceed a piece, so that several pieces are widened; few rows take a way of their own. */
    @ParameterizedTest
    @CsvSource({
        "3, 64, 48, FLOAT32, 1e-5",
        "9, 64, 48, FLOAT32, 1e-5",
        "9, 2048, 4500, FLOAT32, 1e-4",
        "3, 2048, 4500, BFLOAT16, 0.05",
        "9, 2048, 4500, BFLOAT16, 0.05",
        "9, 64, 48, FLOAT64, 1e-12"
    })
    void widensExactly(int rows, int inputs, int outputs, DType dtype, double tolerance) {
        Compute compute = new Compute(ComputeDevice.CPU, dtype);
        Compute exact = new Compute(ComputeDevice.CPU, DType.FLOAT64);
        try (Scope scope = Scope.open()) {
            Tensor weight = Randoms.normal(new long[] {outputs, inputs}, 0, 1 / Math.sqrt((double) inputs), 1);
            Tensor bias = Randoms.normal(new long[] {outputs}, 0, 1, 2);
            Tensor x = Randoms.normal(new long[] {rows, inputs}, 0, 1, 3);
            double[] wanted = HostArrays.doubles(
                    new Linear(weight.to(DType.FLOAT64.scalarType()), bias.to(DType.FLOAT64.scalarType()), exact)
                            .apply(exact.place(x)));
            Tensor y = new Linear(weight, bias, compute).apply(compute.place(x));
            assertThat(compute.matmul().holds(y)).isTrue();
            double[] actual = HostArrays.doubles(y);
            assertThat(actual).hasSize(rows * outputs);
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).isFinite();
                assertThat(Math.abs(actual[i] - wanted[i])).isLessThan(tolerance);
            }
        }
    }
}
