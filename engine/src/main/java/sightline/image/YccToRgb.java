package sightline.image;

/** JPEG's luminance and two colour differences to red, green and blue, in libjpeg's 16-bit fixed-point arithmetic. */
final class YccToRgb {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int CR_TO_RED = fixed(1.402);
    private static final int CB_TO_BLUE = fixed(1.772);
    private static final int CR_TO_GREEN = fixed(0.71414);
    private static final int CB_TO_GREEN = fixed(0.34414);

    private YccToRgb() {}

    private static int fixed(double factor) {
        return (int) (factor * (1 << BITS) + 0.5);
    }

    /** Replaces the three samples from index {@code at} on (0 to 255 each). */
    static void convert(int[] samples, int at) {
        int y = samples[at];
        int cb = samples[at + 1] - 128;
        int cr = samples[at + 2] - 128;
        samples[at] = clip(y + ((CR_TO_RED * cr + HALF) >> BITS));
        samples[at + 1] = clip(y + ((-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF) >> BITS));
        samples[at + 2] = clip(y + ((CB_TO_BLUE * cb + HALF) >> BITS));
    }

    private static int clip(int value) {
        return Math.min(Math.max(value, 0), 255);
    }
}
