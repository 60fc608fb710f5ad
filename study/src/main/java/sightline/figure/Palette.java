package sightline.figure;

/** The light colours of the look, as 0xRRGGBB. */
final class Palette {
    static final int BACKGROUND = 0xFDFCFA;
    static final int INK = 0x1B1D1F;
    static final int SECOND_INK = 0x5C6166;
    static final int RULE = 0xE3E0DA;
    static final int CANNOT_ACT = 0xD8D4CC;
    static final int ACCENT = 0x1763A6;

    /** No change to −100 %. */
    private static final int[] HEAT = {0xF4F2ED, 0xC9DAE8, 0x7FABD0, 0x2F6FA8, 0x123A60};

    /** Small changes are the common ones: they get more of the scale. */
    private static final double HEAT_EXPONENT = 0.8;

    private static final double DARK = 0.18;

    private Palette() {}

    /** The colour of a change in percent; rises are as pale as no change. */
    static int heat(double change) {
        double drop = Math.max(0, Math.min(100, -change)) / 100;
        return heatAt(Math.pow(drop, HEAT_EXPONENT));
    }

    /** A place on the scale, from 0 to 1. */
    static int heatAt(double place) {
        double at = place * (HEAT.length - 1);
        int below = Math.min(HEAT.length - 2, (int) at);
        return mix(HEAT[below], HEAT[below + 1], at - below);
    }

    /** Dark or light text, whichever reads better on a colour. */
    static int inkOn(int colour) {
        double luminance = 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
        return luminance > DARK ? INK : BACKGROUND;
    }

    static String hex(int colour) {
        return String.format("#%06X", colour);
    }

    private static double linear(int channel) {
        double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
