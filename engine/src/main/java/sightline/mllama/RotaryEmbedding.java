package sightline.mllama;

import sightline.model.Rotation;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;

/**
 * Rotary position embedding (Su et al. 2021), rotating halves: (a, b) -> (a cos − b sin, b cos + a sin), with a the first
 * and b the second half of a head.
 *
 * <p>With {@code llama3} scaling, frequencies whose wavelength exceeds original / low are divided by the factor, those
 * below original / high are kept, and those between are interpolated. Frequencies and angles are float32, as in the
 * reference: at position 100 a float64 angle would differ by more than the noise of everything else.
 */
public final class RotaryEmbedding {
    private final float[] frequencies;
    private final Compute compute;

    RotaryEmbedding(TextConfig config, Compute compute) {
        this.frequencies = frequencies(config);
        this.compute = compute;
    }

    /** Each frequency, slowest last: (size / 2), in radians a position. */
    public static float[] frequencies(TextConfig config) {
        int half = config.headSize() / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            float exponent = (float) (2 * i) / config.headSize();
            float base = 1 / (float) Math.pow(config.ropeTheta(), exponent);
            frequencies[i] =
                    config.ropeScaling().map(scaling -> scaled(base, scaling)).orElse(base);
        }
        return frequencies;
    }

    private static float scaled(float frequency, RopeScaling scaling) {
        float wavelength = (float) (2 * Math.PI / frequency);
        double original = scaling.originalMaxPositions();
        if (wavelength > original / scaling.lowFreqFactor()) {
            return (float) (frequency / scaling.factor());
        }
        if (wavelength < original / scaling.highFreqFactor()) {
            return frequency;
        }
        float smooth = (float) ((original / wavelength - scaling.lowFreqFactor())
                / (scaling.highFreqFactor() - scaling.lowFreqFactor()));
        return (float) ((1 - smooth) * (frequency / scaling.factor()) + smooth * frequency);
    }

    /**
     * Cosines and sines of some positions.
     *
     * @param positions text position of each row
     */
    Rotation at(int[] positions) {
        int half = frequencies.length;
        float[] cos = new float[positions.length * half];
        float[] sin = new float[positions.length * half];
        for (int row = 0; row < positions.length; row++) {
            for (int i = 0; i < half; i++) {
                float angle = positions[row] * frequencies[i];
                cos[row * half + i] = (float) Math.cos(angle);
                sin[row * half + i] = (float) Math.sin(angle);
            }
        }
        return new Rotation(
                compute.place(HostArrays.tensor(cos, positions.length, 1, half), compute.matmul()),
                compute.place(HostArrays.tensor(sin, positions.length, 1, half), compute.matmul()));
    }
}
