package sightline.statistics;

/** Quantiles between order statistics. */
final class Quantiles {
    static final double LOW = 0.025;
    static final double HIGH = 0.975;
    static final double SIMULTANEOUS = 0.95;

    private Quantiles() {}

    /** Linear between the two nearest of sorted values, which may be infinite; NaN if there is none. */
    static double of(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int place = (int) at;
        double f = at - place;
        double low = sorted[place];
        if (f == 0 || low == sorted[place + 1]) { // else 0 · ∞, or ∞ − ∞ between equals
            return low;
        }
        return (1 - f) * low + f * sorted[place + 1];
    }
}
