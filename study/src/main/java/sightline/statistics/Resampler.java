package sightline.statistics;

import java.util.Arrays;

/**
 * The estimates of all resamples of a table. Σw·T, Σw·T² and Σw·T·M are gathered over clusters w times drawn, in tiles that
 * stay in the cache, so that nothing of size resamples × columns × clusters ever exists.
 */
final class Resampler {
    private static final int RESAMPLES = 32;
    private static final int CLUSTERS = 32;
    private static final int COLUMNS = 192;
    /** A sum of squares that has lost most of its digits is gathered anew. */
    private static final double LOST = 1e-9;

    private final ClusterTable table;
    private final Resamples resamples;
    private final boolean alike;
    private final double[] means;
    private final int kept;
    /** By resample: its samples, and Σw·M². */
    private final double[] sizes;

    private final double[] countSquares;
    private final double[][] thetas;
    private final double[][] ts;

    private Resampler(ClusterTable table, Resamples resamples) {
        this.table = table;
        this.resamples = resamples;
        this.means = table.means();
        double[] counts = table.counts();
        boolean same = true;
        for (double count : counts) {
            same &= count == counts[0];
        }
        this.alike = same;
        this.sizes = new double[resamples.count()];
        this.countSquares = new double[sizes.length];
        for (int r = 0; r < sizes.length; r++) {
            char[] weights = resamples.weights(r);
            for (int g = 0; g < counts.length; g++) {
                sizes[r] += weights[g] * counts[g];
                countSquares[r] += weights[g] * counts[g] * counts[g];
            }
        }
        this.kept = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
        this.thetas = new double[means.length][kept];
        this.ts = new double[means.length][kept];
    }

    static Resampled of(ClusterTable table, Resamples resamples) {
        if (table.clusters() != resamples.clusters()) {
            throw new IllegalArgumentException(
                    table.clusters() + " clusters, but resamples of " + resamples.clusters());
        }
        Resampler resampler = new Resampler(table, resamples);
        int columns = resampler.means.length;
        int blocks = (columns + COLUMNS - 1) / COLUMNS;
        for (int block = 0; block < blocks; block++) {
            int from = (int) ((long) columns * block / blocks);
            int to = (int) ((long) columns * (block + 1) / blocks);
            resampler.block(from, to - from);
        }
        return new Resampled(resampler.thetas, resampler.ts, resamples.count() - resampler.kept);
    }

    private void block(int from, int width) {
        double[][] sums = new double[table.clusters()][width];
        for (int g = 0; g < sums.length; g++) {
            System.arraycopy(table.sums()[g], from, sums[g], 0, width);
        }
        int next = 0;
        for (int first = 0; first < resamples.count(); first += RESAMPLES) {
            int count = Math.min(RESAMPLES, resamples.count() - first);
            double[][] once = new double[count][width];
            double[][] squares = new double[count][width];
            double[][] times = new double[alike ? 0 : count][width];
            for (int g = 0; g < sums.length; g += CLUSTERS) {
                int end = Math.min(sums.length, g + CLUSTERS);
                for (int r = 0; r < count; r++) {
                    gather(sums, g, end, resamples.weights(first + r), once[r], squares[r], alike ? null : times[r]);
                }
            }
            for (int r = 0; r < count; r++) {
                if (sizes[first + r] > 0) {
                    estimates(first + r, next, from, sums, once[r], squares[r], alike ? null : times[r]);
                    next++;
                }
            }
        }
    }

    /** Adds the clusters that were drawn, four at a time: sums are then read and written once for four. */
    private void gather(
            double[][] sums, int from, int to, char[] weights, double[] once, double[] squares, double[] times) {
        int[] drawn = new int[4];
        int waiting = 0;
        for (int g = from; g < to; g++) {
            if (weights[g] != 0) {
                drawn[waiting++] = g;
                if (waiting == 4) {
                    addFour(sums, drawn, weights, once, squares);
                    if (times != null) {
                        addFourTimes(sums, drawn, weights, times);
                    }
                    waiting = 0;
                }
            }
        }
        for (int i = 0; i < waiting; i++) {
            int g = drawn[i];
            addOne(sums[g], weights[g], weights[g] * table.counts()[g], once, squares, times);
        }
    }

    private static void addFour(double[][] sums, int[] at, char[] weights, double[] once, double[] squares) {
        double[] a = sums[at[0]];
        double[] b = sums[at[1]];
        double[] c = sums[at[2]];
        double[] d = sums[at[3]];
        double u = weights[at[0]];
        double v = weights[at[1]];
        double w = weights[at[2]];
        double x = weights[at[3]];
        for (int i = 0; i < once.length; i++) {
            once[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] += u * a[i] * a[i] + v * b[i] * b[i] + w * c[i] * c[i] + x * d[i] * d[i];
        }
    }

    private void addFourTimes(double[][] sums, int[] at, char[] weights, double[] times) {
        double[] counts = table.counts();
        double[] a = sums[at[0]];
        double[] b = sums[at[1]];
        double[] c = sums[at[2]];
        double[] d = sums[at[3]];
        double u = weights[at[0]] * counts[at[0]];
        double v = weights[at[1]] * counts[at[1]];
        double w = weights[at[2]] * counts[at[2]];
        double x = weights[at[3]] * counts[at[3]];
        for (int i = 0; i < times.length; i++) {
            times[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
        }
    }

    private static void addOne(
            double[] row, double weight, double timesWeight, double[] once, double[] squares, double[] times) {
        for (int i = 0; i < once.length; i++) {
            once[i] += weight * row[i];
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] += weight * row[i] * row[i];
        }
        if (times != null) {
            for (int i = 0; i < times.length; i++) {
                times[i] += timesWeight * row[i];
            }
        }
    }

    private void estimates(
            int resample, int place, int from, double[][] sums, double[] once, double[] squares, double[] times) {
        char[] weights = resamples.weights(resample);
        double size = sizes[resample];
        for (int i = 0; i < once.length; i++) {
            double theta = once[i] / size;
            double product = times == null ? table.counts()[0] * once[i] : times[i];
            double spread = squares[i] - 2 * theta * product + theta * theta * countSquares[resample];
            if (spread < LOST * squares[i]) {
                spread = spread(sums, i, weights, theta);
            }
            int column = from + i;
            double error = ClusterTable.error(spread, sums.length, size);
            double difference = theta - (means[column] - table.centres()[column]);
            thetas[column][place] = table.centres()[column] + theta;
            ts[column][place] = Resampled.t(difference, error, means[column]);
        }
    }

    private double spread(double[][] sums, int column, char[] weights, double theta) {
        double spread = 0;
        for (int g = 0; g < sums.length; g++) {
            double d = sums[g][column] - theta * table.counts()[g];
            spread += weights[g] * d * d;
        }
        return spread;
    }
}
