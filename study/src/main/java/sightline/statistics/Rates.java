package sightline.statistics;

/** Intervals of shares. */
public final class Rates {
    private static final double Z = 1.959963984540054;

    private Rates() {}

    /** Wilson's 95 % interval of {@code seen} in {@code n}, for samples that are a cluster each: low, high. */
    public static double[] wilson(long seen, long n) {
        double share = (double) seen / n;
        double scale = 1 + Z * Z / n;
        double centre = (share + Z * Z / (2 * n)) / scale;
        double half = Z / scale * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
        return new double[] {Math.max(0, centre - half), Math.min(1, centre + half)};
    }

    /** What a share is below, at 95 %, if none of G clusters shows one: 1 − 0.05^(1/G). */
    public static double noneSeenUpper(int clusters) {
        return noneSeenUpper(clusters, 1);
    }

    /** The same at 95 % for several windows together (Bonferroni): 1 − (0.05/w)^(1/G). */
    static double noneSeenUpper(int clusters, int windows) {
        return 1 - Math.pow(0.05 / windows, 1.0 / clusters);
    }

    /**
     * The 95 % interval of a share: Wilson's where samples are a cluster each, otherwise the band, but for a share of 0 or 1,
     * which has none.
     *
     * @param band low, high
     */
    static double[] interval(long seen, long n, int clusters, double... band) {
        if (seen == 0) {
            return new double[] {0, noneSeenUpper(clusters)};
        }
        if (seen == n) {
            return new double[] {1 - noneSeenUpper(clusters), 1};
        }
        return clusters == n ? wilson(seen, n) : band;
    }
}
