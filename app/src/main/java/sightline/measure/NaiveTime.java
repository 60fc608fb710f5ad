package sightline.measure;

import java.util.OptionalDouble;

/**
 * How long the naive sweep takes, of which some passes or all were timed.
 *
 * @param timed passes that were run, the first ones
 * @param passes of the whole naive sweep
 * @param timedSeconds what the timed ones took
 * @param largestDifference between its trace and the shared one's, relative; only if all passes were run
 */
public record NaiveTime(int timed, long passes, double timedSeconds, OptionalDouble largestDifference) {
    /** Seconds for all passes, at the mean of those that were timed. */
    public double seconds() {
        return timedSeconds * passes / timed;
    }

    /** Whether some passes were not run. */
    public boolean extrapolated() {
        return timed < passes;
    }
}
