package sightline.statistics;

/**
 * What resamples say of a curve: a family of windows that are looked at together.
 *
 * @param low lower end of the 95 % interval of each window on its own; NaN without one
 * @param high upper end
 * @param critical C, the 95 % quantile of the largest |t*| over windows; NaN if no window is tested
 * @param lowAll lower end of the intervals that hold at all windows together; NaN without one
 * @param highAll upper end
 * @param p that a change as clear as this one's shows at any window if there is none (max-t, Westfall and Young 1993); an
 *     upper bound (Hoeffding 1963) where a window takes no part in that test
 * @param carried whether it takes part: whether its spread is carried by enough clusters
 * @param agree share of resamples in which no window that may be named is lower, or higher where that is asked
 */
public record CurveStatistics(
        double[] low,
        double[] high,
        double critical,
        double[] lowAll,
        double[] highAll,
        double[] p,
        boolean[] carried,
        double[] agree) {
    /**
     * The same for shares: one that no sample shows, or every one, has no spread to resample, but is not known to be 0 or 1.
     *
     * @param shares of samples, by window
     * @param n samples
     * @param clusters G, those that have a sample
     */
    public CurveStatistics ofShares(double[] shares, int n, int clusters) {
        double[] lower = low.clone();
        double[] upper = high.clone();
        double[] lowerAll = lowAll.clone();
        double[] upperAll = highAll.clone();
        double unseen = Rates.noneSeenUpper(clusters, shares.length);
        for (int w = 0; w < shares.length; w++) {
            if (!Double.isNaN(low[w])) {
                double[] ends = Rates.interval(Math.round(shares[w] * n), n, clusters, low[w], high[w]);
                lower[w] = ends[0];
                upper[w] = ends[1];
                lowerAll[w] = shares[w] == 1 ? 1 - unseen : lowAll[w];
                upperAll[w] = shares[w] == 0 ? unseen : highAll[w];
            }
        }
        return new CurveStatistics(lower, upper, critical, lowerAll, upperAll, p, carried, agree);
    }

    /** The same with the test of another curve. */
    public CurveStatistics testedAs(CurveStatistics other) {
        return new CurveStatistics(low, high, critical, lowAll, highAll, other.p, carried, agree);
    }
}
