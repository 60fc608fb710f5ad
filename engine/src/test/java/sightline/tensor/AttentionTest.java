package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to compute attention against its formula in plain float64. */
class AttentionTest {
    private static final int HEADS = 4;
    private static final int GROUPS = 2;
    private static final int SIZE = 8;

    /** Sizes on both sides of what is computed at once; masked and not. */
    @ParameterizedTest
    @CsvSource({
        "5, 7, false, FLOAT32, 1e-6",
        "5, 7, true, FLOAT32, 1e-6",
        "700, 1600, false, FLOAT32, 1e-6",
        "700, 1600, true, FLOAT32, 1e-6",
        "700, 1600, false, FLOAT64, 1e-13",
        "700, 1600, false, BFLOAT16, 0.01",
        "700, 1600, true, BFLOAT16, 0.01"
    })
    void equalsTheFormula(int rows, int keys, boolean masked, DType dtype, double tolerance) {
        Random random = new Random(1);
        double[] q = normal(random, rows * HEADS * SIZE);
        double[] k = normal(random, GROUPS * keys * SIZE);
        double[] v = normal(random, GROUPS * keys * SIZE);
        boolean[] blocked = new boolean[rows * keys];
        for (int i = 0; masked && i < blocked.length; i++) {
            blocked[i] = i % keys != 0 && random.nextInt(3) == 0;
        }
        Compute compute = new Compute(ComputeDevice.CPU, dtype);
        try (Scope scope = Scope.open()) {
            Tensor mask = masked ? compute.place(mask(blocked, rows, keys), compute.matmul()) : null;
            double[] attended = HostArrays.doubles(Attention.attend(
                    place(compute, q, rows, HEADS, SIZE),
                    place(compute, k, GROUPS, keys, SIZE),
                    place(compute, v, GROUPS, keys, SIZE),
                    mask,
                    compute));
            double[] wanted = formula(q, k, v, blocked, rows, keys);
            assertThat(attended).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.length; i++) {
                assertThat(attended[i]).isFinite();
                assertThat(Math.abs(attended[i] - wanted[i])).isLessThan(tolerance);
            }
        }
    }

    private static Tensor place(Compute compute, double[] values, long... shape) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return compute.place(HostArrays.tensor(narrow, shape));
    }

    private static Tensor mask(boolean[] blocked, int rows, int keys) {
        float[] mask = new float[blocked.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = blocked[i] ? Float.NEGATIVE_INFINITY : 0;
        }
        return HostArrays.tensor(mask, rows, keys);
    }

    /** Float32 values, so that every format starts from the same numbers (bfloat16 rounds them again). */
    private static double[] normal(Random random, int count) {
        return random.doubles(count, -1, 1).map(x -> (float) x).toArray();
    }

    private static double[] formula(double[] q, double[] k, double[] v, boolean[] blocked, int rows, int keys) {
        double[] out = new double[rows * HEADS * SIZE];
        double[] weight = new double[keys];
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < HEADS; head++) {
                int group = head / (HEADS / GROUPS);
                int at = (row * HEADS + head) * SIZE;
                double sum = 0;
                for (int key = 0; key < keys; key++) {
                    double dot = 0;
                    for (int i = 0; i < SIZE; i++) {
                        dot += q[at + i] * k[(group * keys + key) * SIZE + i];
                    }
                    weight[key] = blocked[row * keys + key] ? 0 : Math.exp(dot / Math.sqrt((double) SIZE));
                    sum += weight[key];
                }
                for (int key = 0; key < keys; key++) {
                    for (int i = 0; i < SIZE; i++) {
                        out[at + i] += weight[key] / sum * v[(group * keys + key) * SIZE + i];
                    }
                }
            }
        }
        return out;
    }
}
