package sightline.mllama;

import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;

/**
 * The {@code llama3} scaling of rotary position embeddings: long wavelengths are stretched by {@code factor}, short ones
 * kept, those between blended.
 *
 * @param factor by how much the slow rotations are slowed down, 1 or more
 * @param lowFreqFactor wavelengths above originalMaxPositions / lowFreqFactor are stretched in full
 * @param highFreqFactor wavelengths below originalMaxPositions / highFreqFactor are kept; above lowFreqFactor
 * @param originalMaxPositions the context length before the scaling, in tokens
 */
public record RopeScaling(double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositions) {
    /** Checks the values; see the parameters. */
    public RopeScaling {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw Invalid.field("rope_scaling.factor", factor, "a number, 1 or more");
        }
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

    static RopeScaling read(ConfigFields fields) {
        return new RopeScaling(
                fields.number("factor"),
                fields.number("low_freq_factor"),
                fields.number("high_freq_factor"),
                fields.integer("original_max_position_embeddings"));
    }
}
