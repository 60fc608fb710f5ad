package sightline.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Intervals and tests out of the resamples of a table's columns (DiCiccio and Efron 1996; Westfall and Young 1993). */
public final class Bootstrap {
    private static final double ROUNDING = 1e-12;
    /** Windows that hold the same layers may differ by rounding alone. */
    private static final double FLAT = 1e-9;

    private final double[] means;
    private final double[] errors;
    private final boolean[] tested;
    private final double concentration;
    private final int clusters;
    private final Resampled resampled;
    private final boolean speaks;
    private final double[] low;
    private final double[] high;

    private Bootstrap(
            double[] means,
            double[] errors,
            double[] effective,
            double concentration,
            int clusters,
            Resampled resampled,
            BootstrapRules rules) {
        this.means = means;
        this.errors = errors;
        this.concentration = concentration;
        this.clusters = clusters;
        this.resampled = resampled;
        this.speaks = clusters >= Math.max(2, rules.leastClusters()) && !resampled.tooFew();
        this.tested = new boolean[means.length];
        this.low = new double[means.length];
        this.high = new double[means.length];
        for (int c = 0; c < means.length; c++) {
            tested[c] = speaks && Resampled.spread(errors[c]) && effective[c] >= rules.leastEffective();
            band(c, rules.kind());
        }
    }

    /** Of the means of a table. */
    public static Bootstrap of(ClusterTable table, Resamples resamples, BootstrapRules rules) {
        return new Bootstrap(
                table.means(),
                table.errors(),
                table.effective(),
                table.concentration(),
                table.present(),
                Resampler.of(table, resamples),
                rules);
    }

    /** Of the differences of two groups' means; their clusters are the same, and a sample may be in both. */
    public static Bootstrap of(GroupContrast contrast, Resamples resamples, BootstrapRules rules) {
        return new Bootstrap(
                contrast.differences(),
                contrast.errors(),
                contrast.effective(),
                contrast.concentration(),
                contrast.present(),
                contrast.resampled(resamples),
                rules);
    }

    private void band(int column, IntervalKind kind) {
        if (!speaks) {
            low[column] = Double.NaN;
            high[column] = Double.NaN;
        } else if (kind == IntervalKind.PERCENTILE) {
            double[] sorted = resampled.sortedMeans(column);
            low[column] = Quantiles.of(sorted, Quantiles.LOW);
            high[column] = Quantiles.of(sorted, Quantiles.HIGH);
        } else if (!Resampled.spread(errors[column])) {
            low[column] = means[column];
            high[column] = means[column];
        } else {
            double[] sorted = resampled.sortedT(column);
            low[column] = means[column] - Quantiles.of(sorted, Quantiles.HIGH) * errors[column];
            high[column] = means[column] - Quantiles.of(sorted, Quantiles.LOW) * errors[column];
        }
    }

    /**
     * The statistics of a curve whose lowest window is asked for.
     *
     * @param columns of its windows; one may be there several times
     * @param named whether a window may be called the lowest
     * @param bounds of its means; intervals are cut to them
     */
    public CurveStatistics curve(int[] columns, boolean[] named, Bounds bounds) {
        return curve(columns, named, bounds, false);
    }

    /**
     * The statistics of a curve.
     *
     * @param columns of its windows; one may be there several times
     * @param named whether a window may be called the lowest, or the highest
     * @param bounds of its means; intervals are cut to them
     * @param highest whether the highest window is asked for, not the lowest
     */
    public CurveStatistics curve(int[] columns, boolean[] named, Bounds bounds, boolean highest) {
        int windows = columns.length;
        double[] largest = largest(columns);
        boolean[] carried = new boolean[windows];
        long bounded = Arrays.stream(columns).distinct().filter(c -> !tested[c]).count();
        double critical = Quantiles.of(largest, Quantiles.SIMULTANEOUS);
        double[][] ends = new double[4][windows];
        double[] p = new double[windows];
        for (int w = 0; w < windows; w++) {
            int c = columns[w];
            double[] all = together(c, critical, bounds, windows);
            ends[0][w] = bounds.cut(low[c]);
            ends[1][w] = bounds.cut(high[c]);
            ends[2][w] = all[0];
            ends[3][w] = all[1];
            carried[w] = tested[c];
            p[w] = tested[c] ? p(largest, Math.abs(means[c]) / errors[c]) : bounded(c, bounds, bounded);
        }
        return new CurveStatistics(
                ends[0], ends[1], critical, ends[2], ends[3], p, carried, agree(columns, named, highest ? -1 : 1));
    }

    /**
     * The interval of a window that holds at all windows. One in which all samples are alike has no spread: other samples may
     * still be otherwise, {@link Rates#noneSeenUpper a share} of them, and as far off as the bounds let them. A change of
     * exactly 0 in every sample is taken for what it is: a cut that reaches nothing.
     */
    private double[] together(int column, double critical, Bounds bounds, int windows) {
        double mean = means[column];
        if (speaks && !Resampled.spread(errors[column])) {
            double share = mean == 0 ? 0 : Rates.noneSeenUpper(clusters, windows);
            return share == 0
                    ? new double[] {mean, mean}
                    : new double[] {mean + share * (bounds.low() - mean), mean + share * (bounds.high() - mean)};
        }
        double half = speaks ? critical * errors[column] : Double.NaN;
        return new double[] {bounds.cut(mean - half), bounds.cut(mean + half)};
    }

    /**
     * An upper bound of p for a window that takes no part in the test, over all such windows: Hoeffding (1963) for a mean of
     * values between bounds, twice, since the tested windows have their own chance of a false alarm. Without it a cut that
     * takes everything from every sample, and so has no spread, would count as nothing.
     */
    private double bounded(int column, Bounds bounds, long windows) {
        double range = bounds.high() - bounds.low();
        if (!speaks || !Double.isFinite(range)) {
            return 1;
        }
        double share = means[column] / range;
        return Math.min(1, 4 * windows * Math.exp(-2 * share * share / concentration));
    }

    /**
     * A column's mean, with the interval of it alone.
     *
     * @param bounds of the mean; the interval is cut to them
     */
    public Estimate estimate(int column, Bounds bounds) {
        return new Estimate(means[column], errors[column], bounds.cut(low[column]), bounds.cut(high[column]));
    }

    /** Whether enough clusters carry a column's spread. */
    public boolean carried(int column) {
        return tested[column];
    }

    /**
     * The ratio of two columns' means. Its interval is the middle 95 % of the resamples' ratios, whatever the bands are: a ratio
     * has no standard error to studentise with. Resamples whose denominator is too small, or of the other sign, are left out;
     * there is no interval if they are over a tenth.
     *
     * @param over column of the numerator
     * @param under column of the denominator
     * @param least size of a denominator; below it there is no ratio
     */
    public Estimate ratio(int over, int under, double least) {
        if (!(Math.abs(means[under]) >= least)) {
            return Estimate.NONE;
        }
        double sign = Math.signum(means[under]);
        double[] above = resampled.means()[over];
        double[] below = resampled.means()[under];
        double[] ratios = IntStream.range(0, below.length)
                .filter(r -> sign * below[r] >= least)
                .mapToDouble(r -> above[r] / below[r])
                .sorted()
                .toArray();
        boolean told = speaks && !Resampled.tooFew(below.length - ratios.length, below.length);
        return new Estimate(
                means[over] / means[under],
                Double.NaN,
                told ? Quantiles.of(ratios, Quantiles.LOW) : Double.NaN,
                told ? Quantiles.of(ratios, Quantiles.HIGH) : Double.NaN);
    }

    /** The largest |t*| over tested windows, by resample, sorted; none if no window is tested. */
    private double[] largest(int[] columns) {
        double[] largest = new double[0];
        for (int c : Arrays.stream(columns).distinct().filter(c -> tested[c]).toArray()) {
            double[] t = resampled.t()[c];
            largest = largest.length == 0 ? new double[t.length] : largest;
            for (int r = 0; r < t.length; r++) {
                largest[r] = Math.max(largest[r], Math.abs(t[r]));
            }
        }
        Arrays.sort(largest);
        return largest;
    }

    private static double p(double[] sorted, double t) {
        double least = t * (1 - ROUNDING);
        int below = 0;
        while (below < sorted.length && sorted[below] < least) {
            below++;
        }
        return (1.0 + sorted.length - below) / (sorted.length + 1);
    }

    private double[] agree(int[] columns, boolean[] named, int sign) {
        double[] shares = new double[columns.length];
        int kept = resampled.means()[0].length;
        double[] least = new double[kept];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int w = 0; w < columns.length; w++) {
            if (named[w]) {
                double[] its = resampled.means()[columns[w]];
                for (int r = 0; r < kept; r++) {
                    least[r] = Math.min(least[r], sign * its[r]);
                }
            }
        }
        for (int w = 0; w < columns.length; w++) {
            if (named[w]) {
                double[] its = resampled.means()[columns[w]];
                int count = 0;
                for (int r = 0; r < kept; r++) {
                    count += sign * its[r] <= least[r] + FLAT ? 1 : 0;
                }
                shares[w] = (double) count / kept;
            }
        }
        return shares;
    }
}
