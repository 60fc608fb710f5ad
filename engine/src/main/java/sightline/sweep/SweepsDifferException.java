package sightline.sweep;

import java.util.Locale;

/** Two sweeps of one request do not give the same numbers: a fault of one of them, or of the machine. */
public final class SweepsDifferException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param difference as {@link Trace#largestDifference}, above the tolerance or NaN */
    SweepsDifferException(double difference, double tolerance) {
        super(
                Double.isNaN(difference)
                        ? "a probability of the sweep or of the naive one, which checks it, is no number (NaN)"
                        : "the sweep and the naive one, which checks it, differ by " + share(difference)
                                + " of a token's probability, and rounding explains at most " + share(tolerance));
    }

    private static String share(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1e", share) : "more than all";
    }
}
