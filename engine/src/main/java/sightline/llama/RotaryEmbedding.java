package sightline.llama;

import org.bytedeco.pytorch.Tensor;
import sightline.model.Rotation;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;

/**
 * Rotary position embedding (Su et al. 2021), rotating halves: (a, b) -> (a cos − b sin, b cos + a sin), with a the first
 * and b the second half of a head.
 *
 * <p>Frequencies and angles are float32, as in the reference: at position 100 a float64 angle would differ by more than the
 * noise of everything else.
 */
public final class RotaryEmbedding {
    /** Positions of the first table: enough for most questions. */
    private static final int LEAST = 256;

    private final float[] frequencies;
    private final Weights weights;
    private Rotation table;

    /** @param weights owns the tables, which are made when they are needed */
    public RotaryEmbedding(LlamaConfig config, Weights weights) {
        this.frequencies = frequencies(config);
        this.weights = weights;
    }

    /** Each frequency, slowest last: (size / 2), in radians a position. */
    public static float[] frequencies(LlamaConfig config) {
        int half = config.headSize() / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            float exponent = (float) (2 * i) / config.headSize();
            float base = 1 / (float) Math.pow(config.ropeTheta(), exponent);
            frequencies[i] = config.ropeScaling().of(base);
        }
        return frequencies;
    }

    /** Cosines and sines of the positions first … first + count − 1; in the current scope. */
    public Rotation at(int first, int count) {
        Rotation all = table(first + count);
        return new Rotation(all.cos().narrow(0, first, count), all.sin().narrow(0, first, count));
    }

    /** Of at least so many positions from 0 on. Grows by doubling; what other threads still use lives on with the model. */
    private synchronized Rotation table(int positions) {
        if (table == null || table.cos().size(0) < positions) {
            table = computed(Math.max(LEAST, 2 * Integer.highestOneBit(positions - 1)));
        }
        return table;
    }

    private Rotation computed(int positions) {
        int half = frequencies.length;
        float[] cos = new float[positions * half];
        float[] sin = new float[positions * half];
        for (int position = 0; position < positions; position++) {
            for (int i = 0; i < half; i++) {
                float angle = position * frequencies[i];
                cos[position * half + i] = (float) Math.cos(angle);
                sin[position * half + i] = (float) Math.sin(angle);
            }
        }
        return new Rotation(placed(cos, positions, half), placed(sin, positions, half));
    }

    private Tensor placed(float[] values, int positions, int half) {
        Compute compute = weights.compute();
        return weights.own(compute.place(HostArrays.tensor(values, positions, 1, half), compute.matmul()));
    }
}
