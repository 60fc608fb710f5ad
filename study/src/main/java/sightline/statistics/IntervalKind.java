package sightline.statistics;

import java.util.Locale;

/** How a band comes out of resamples (DiCiccio and Efron 1996). */
public enum IntervalKind {
    /** From the quantiles of (θ* − θ)/se*: right about as often as it says, also for few clusters. */
    STUDENTISED,
    /** The quantiles of θ* themselves: too narrow for few clusters; for comparison. */
    PERCENTILE;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
