package sightline.terminal;

import java.util.Locale;
import java.util.OptionalDouble;

/** Counts and shares as they are printed. */
public final class Counts {
    private static final double PERCENT = 100;

    private Counts() {}

    /** A count with its noun, e.g. {@code 1,234 answers}. */
    public static String of(long count, String one, String many) {
        return of(count) + " " + (count == 1 ? one : many);
    }

    /** A whole number with a comma every three digits. */
    public static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share in percent with two digits, as the published scripts print it; a dash if there is none. */
    public static String percent(OptionalDouble share) {
        return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", PERCENT * share.getAsDouble());
    }

    /** The share of a part, likewise; a dash if the whole is nothing. */
    public static String percent(long part, long whole) {
        return percent(whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole));
    }
}
