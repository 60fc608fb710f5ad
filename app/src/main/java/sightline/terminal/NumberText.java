package sightline.terminal;

import java.util.Locale;

/** Numbers as they are read: two decimals for a probability, whole percent for a change, with a true minus. */
public final class NumberText {
    /** Below this size, in percent, a mean change is not worth the name of a window. */
    private static final double LEAST_NAMED = 3;

    private NumberText() {}

    /** Whether a change in percent is large enough for its layers to be named beside it. */
    public static boolean namesLayers(double change) {
        return Math.abs(change) >= LEAST_NAMED;
    }

    /** {@code p = 0.93}, with three decimals below 0.1, or {@code p < 0.001}. */
    static String equation(double probability) {
        return probability < 0.001 ? "p < 0.001" : "p = " + format(probability, probability < 0.1 ? 3 : 2);
    }

    /** A probability in a table: always three decimals, {@code <0.001} below that. */
    public static String inTable(double probability) {
        return probability < 0.001 ? "<0.001" : format(probability, 3);
    }

    /** A change in whole percent, with its sign; {@code 0 %} if it rounds to that. */
    public static String percent(double change, Glyphs glyphs) {
        return whole(change, glyphs) + " %";
    }

    /** A difference of such changes, in whole points. */
    public static String points(double difference, Glyphs glyphs) {
        return whole(difference, glyphs) + " points";
    }

    private static String whole(double number, Glyphs glyphs) {
        long rounded = Math.round(Math.abs(number));
        String sign = rounded == 0 ? "" : number < 0 ? glyphs.minus() : "+";
        return sign + Counts.of(rounded);
    }

    /** A number with two decimals and its sign; a dash where it is infinite or none. */
    public static String signed(double number, Glyphs glyphs) {
        if (!Double.isFinite(number)) {
            return glyphs.dash();
        }
        String size = format(Math.abs(number), 2);
        return (size.equals("0.00") ? "" : number < 0 ? glyphs.minus() : "+") + size;
    }

    private static String format(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
