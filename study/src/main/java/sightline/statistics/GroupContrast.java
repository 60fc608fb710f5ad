package sightline.statistics;

/**
 * The difference of two groups' means, column by column. A sample may be in both groups, and counts in both: with d = (T₁ −
 * θ₁M₁)/n₁ − (T₂ − θ₂M₂)/n₂ by cluster, se² = G/(G − 1) · Σd².
 */
public final class GroupContrast {
    private final ClusterTable one;
    private final ClusterTable other;

    private GroupContrast(ClusterTable one, ClusterTable other) {
        this.one = one;
        this.other = other;
    }

    /**
     * The first group's means less the second's.
     *
     * @param one over the clusters of the union, as {@code other}, and with the same columns
     */
    public static GroupContrast of(ClusterTable one, ClusterTable other) {
        if (one.clusters() != other.clusters() || one.means().length != other.means().length) {
            throw new IllegalArgumentException("two groups over different clusters or columns");
        }
        return new GroupContrast(one, other);
    }

    /** The differences, by column. */
    public double[] differences() {
        double[] differences = one.means();
        double[] less = other.means();
        for (int c = 0; c < differences.length; c++) {
            differences[c] -= less[c];
        }
        return differences;
    }

    /** Their standard errors. */
    public double[] errors() {
        return spread(0);
    }

    double[] effective() {
        return spread(1);
    }

    /** Σ w² over clusters, with w = (M₁/n₁ + M₂/n₂)/2: bounds of a difference are twice as far apart as those of a mean. */
    double concentration() {
        double squares = 0;
        for (int g = 0; g < one.clusters(); g++) {
            double share = (one.counts()[g] / one.n() + other.counts()[g] / other.n()) / 2;
            squares += share * share;
        }
        return squares;
    }

    /** Clusters that have a sample of either group. */
    public int present() {
        int present = 0;
        for (int g = 0; g < one.clusters(); g++) {
            present += one.counts()[g] + other.counts()[g] > 0 ? 1 : 0;
        }
        return present;
    }

    /** 0: standard errors; 1: how many clusters carry the spread. */
    private double[] spread(int what) {
        int columns = one.means().length;
        double[] result = new double[columns];
        for (int c = 0; c < columns; c++) {
            double a = one.means()[c] - one.centres()[c];
            double b = other.means()[c] - other.centres()[c];
            double squares = 0;
            double fourth = 0;
            for (int g = 0; g < one.clusters(); g++) {
                double d = deviation(c, g, a, b, one.n(), other.n());
                squares += d * d;
                fourth += d * d * d * d;
            }
            double effective = squares == 0 ? 0 : squares * squares / fourth;
            result[c] = what == 0 ? ClusterTable.error(squares, one.clusters(), 1) : effective;
        }
        return result;
    }

    private double deviation(int column, int cluster, double a, double b, double n1, double n2) {
        return (one.sums()[cluster][column] - a * one.counts()[cluster]) / n1
                - (other.sums()[cluster][column] - b * other.counts()[cluster]) / n2;
    }

    Resampled resampled(Resamples resamples) {
        return ContrastResampler.of(this, resamples);
    }

    ClusterTable one() {
        return one;
    }

    ClusterTable other() {
        return other;
    }

    /**
     * Σ w·d² of a column, cluster by cluster.
     *
     * @param a the first group's θ of the resample, less its centre
     * @param b the second's
     * @param n1 samples of the first in the resample
     * @param n2 of the second
     */
    double squares(int column, char[] weights, double a, double b, double n1, double n2) {
        double squares = 0;
        for (int g = 0; g < weights.length; g++) {
            double d = deviation(column, g, a, b, n1, n2);
            squares += weights[g] * d * d;
        }
        return squares;
    }
}
