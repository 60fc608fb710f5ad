package sightline.figure;

import java.util.Locale;

/** Numbers as they are read: a true minus, the sign always; one decimal below 10, none above. */
public final class ChangeText {
    private static final double DECIMAL_BELOW = 9.95;
    private static final double NOTHING_BELOW = 0.05;

    private ChangeText() {}

    /** A change in percent, without the percent sign; never a signed 0. */
    public static String of(double change) {
        double size = Math.abs(change);
        if (size < NOTHING_BELOW) {
            return "0";
        }
        return (change < 0 ? "−" : "+") + String.format(Locale.ROOT, size >= DECIMAL_BELOW ? "%.0f" : "%.1f", size);
    }

    /** A count with a comma every three digits. */
    public static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code layer 7} or {@code layers 5–9}. */
    public static String layers(int first, int last) {
        return first == last ? "layer " + first : "layers " + first + "–" + last;
    }
}
