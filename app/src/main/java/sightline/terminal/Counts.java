package sightline.terminal;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as they are printed. */
public final class Counts {
    private static final double PERCENT = 100;

    private Counts() {}

    public static String of(long count, String one, String many) {
        return of(count) + " " + (count == 1 ? one : many);
    }

    public static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share in percent with two digits, as the published scripts print it; a dash if there is none. */
    public static String percent(OptionalDouble share) {
        return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", PERCENT * share.getAsDouble());
    }

    public static String percent(long part, long whole) {
        return percent(whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole));
    }
}
