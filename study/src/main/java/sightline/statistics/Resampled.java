package sightline.statistics;

import java.util.Arrays;

/**
 * Estimates of resamples.
 *
 * @param means θ* [column][resample that counts]
 * @param t (θ* − θ) / se* alike
 * @param skipped resamples without a sample
 */
record Resampled(double[][] means, double[][] t, int skipped) {
    private static final double NO_ERROR = 1e-12;
    private static final double SAME = 1e-9;

    /** The share of resamples that may be without a sample. */
    private static final double SKIPPED = 0.1;

    /** Whether too many resamples have no sample, so that the others say little. */
    boolean tooFew() {
        return tooFew(skipped, skipped + (t.length == 0 ? 0 : t[0].length));
    }

    /** Whether so many of all are left out that the others say little. */
    static boolean tooFew(int without, int all) {
        return without > SKIPPED * all;
    }

    /**
     * θ* less θ in standard errors.
     *
     * @param difference θ* − θ
     */
    static double t(double difference, double error, double estimate) {
        if (error < NO_ERROR) {
            boolean same = Math.abs(difference) <= SAME * Math.max(1, Math.abs(estimate));
            return same ? 0 : Math.copySign(Double.POSITIVE_INFINITY, difference);
        }
        return difference / error;
    }

    /** Whether there is a spread to divide by. */
    static boolean spread(double error) {
        return error >= NO_ERROR; // and not NaN
    }

    /** A column of each, sorted. */
    double[] sortedMeans(int column) {
        double[] sorted = means[column].clone();
        Arrays.sort(sorted);
        return sorted;
    }

    double[] sortedT(int column) {
        double[] sorted = t[column].clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
