package sightline.image;

/** What a byte of each channel becomes: rescaled in float64, normalised in float32. */
final class Levels {
    private static final int LEVELS = 256;

    /** (3, 256) */
    private final float[][] normalised = new float[3][LEVELS];

    /**
     * @param mean (3)
     * @param std (3)
     */
    Levels(double rescale, float[] mean, float[] std) {
        for (int channel = 0; channel < 3; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                float rescaled = (float) (level * rescale); // float64 up to here, float32 from here on
                normalised[channel][level] = (rescaled - mean[channel]) / std[channel];
            }
        }
    }

    /** (256) of a channel. */
    float[] of(int channel) {
        return normalised[channel];
    }
}
