package sightline.llama;

import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;

/** How rotary position embeddings are stretched to a longer context than the model was trained with at first. */
public sealed interface RopeScaling {
    /** The scaled frequency, in radians a position, in float32 as in the reference. */
    float of(float frequency);

    /** None: rotary embeddings as they were published (Su et al. 2021). */
    record Plain() implements RopeScaling {
        @Override
        public float of(float frequency) {
            return frequency;
        }
    }

    /**
     * All wavelengths are stretched alike (Chen et al. 2023, position interpolation).
     *
     * @param factor by how much, 1 or more
     */
    record Linear(double factor) implements RopeScaling {
        public Linear {
            requireFactor(factor);
        }

        @Override
        public float of(float frequency) {
            return (float) (frequency / factor);
        }
    }

    /**
     * The {@code llama3} scaling: long wavelengths are stretched by {@code factor}, short ones kept, those between blended.
     *
     * @param factor by how much the slow rotations are slowed down, 1 or more
     * @param lowFreqFactor wavelengths above originalMaxPositions / lowFreqFactor are stretched in full
     * @param highFreqFactor wavelengths below originalMaxPositions / highFreqFactor are kept; above lowFreqFactor
     * @param originalMaxPositions the context length before the scaling, in tokens
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositions)
            implements RopeScaling {
        public Llama3 {
            requireFactor(factor);
            Invalid.requirePositive("rope_scaling.low_freq_factor", lowFreqFactor);
            Invalid.requirePositive("rope_scaling.high_freq_factor", highFreqFactor);
            if (highFreqFactor <= lowFreqFactor) {
                throw Invalid.field(
                        "rope_scaling.high_freq_factor",
                        highFreqFactor,
                        "a number above `low_freq_factor`, which is " + lowFreqFactor);
            }
            Invalid.requirePositive("rope_scaling.original_max_position_embeddings", originalMaxPositions);
        }

        @Override
        public float of(float frequency) {
            float wavelength = (float) (2 * Math.PI / frequency);
            double original = originalMaxPositions;
            if (wavelength > original / lowFreqFactor) {
                return (float) (frequency / factor);
            }
            if (wavelength < original / highFreqFactor) {
                return frequency;
            }
            float smooth = (float) ((original / wavelength - lowFreqFactor) / (highFreqFactor - lowFreqFactor));
            return (float) ((1 - smooth) * (frequency / factor) + smooth * frequency);
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw Invalid.field("rope_scaling.factor", factor, "a number, 1 or more");
        }
    }

    /** The scaling of a {@code rope_scaling} or {@code rope_parameters}. */
    static RopeScaling read(ConfigFields rope) {
        String type = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type"; // older name
        return switch (rope.text(type)) {
            case "default" -> new Plain();
            case "linear" -> new Linear(rope.number("factor"));
            case "llama3" ->
                new Llama3(
                        rope.number("factor"),
                        rope.number("low_freq_factor"),
                        rope.number("high_freq_factor"),
                        rope.integer("original_max_position_embeddings"));
            default -> throw rope.wrong(type, "\"default\", \"linear\" or \"llama3\", the only ones supported");
        };
    }
}
