package sightline.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The estimates of all resamples of a table. Σw·T, Σw·T² and Σw·T·M are gathered over clusters w times drawn, in tiles that
 * stay in the cache, so that nothing of size resamples × columns × clusters ever exists. Clusters of equally many samples
 * follow one another: M is then a factor of their Σw·T, and costs no sum of its own.
 */
final class Resampler {
    private static final int RESAMPLES = 32;
    private static final int CLUSTERS = 32;
    private static final int COLUMNS = 192;
    /** A sum of squares that has lost most of its digits is gathered anew. */
    private static final double LOST = 1e-9;

    private final ClusterTable table;
    private final Resamples resamples;
    private final double[] means;
    /** Clusters by M, and M in that order. */
    private final int[] order;

    private final double[] counts;
    /** By resample: its samples, and Σw·M². */
    private final double[] sizes;

    private final double[] countSquares;
    private final double[][] thetas;
    private final double[][] ts;

    private Resampler(ClusterTable table, Resamples resamples) {
        this.table = table;
        this.resamples = resamples;
        this.means = table.means();
        double[] samples = table.counts();
        this.order = IntStream.range(0, samples.length)
                .boxed()
                .sorted(Comparator.comparingDouble(g -> samples[g]))
                .mapToInt(g -> g)
                .toArray();
        this.counts = IntStream.of(order).mapToDouble(g -> samples[g]).toArray();
        this.sizes = new double[resamples.count()];
        this.countSquares = new double[sizes.length];
        for (int r = 0; r < sizes.length; r++) {
            char[] weights = resamples.weights(r);
            for (int g = 0; g < samples.length; g++) {
                sizes[r] += weights[g] * samples[g];
                countSquares[r] += weights[g] * samples[g] * samples[g];
            }
        }
        int kept = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
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
        int kept = (int) Arrays.stream(resampler.sizes).filter(size -> size > 0).count();
        return new Resampled(resampler.thetas, resampler.ts, resamples.count() - kept);
    }

    /** The sums of a tile of resamples: [resample][column]. */
    private record Sums(double[][] alike, double[][] once, double[][] times, double[][] squares) {
        static Sums of(int resamples, int width) {
            return new Sums(
                    new double[resamples][width],
                    new double[resamples][width],
                    new double[resamples][width],
                    new double[resamples][width]);
        }

        /** Clusters of this many samples are through. */
        void fold(double count) {
            for (int r = 0; r < alike.length; r++) {
                double[] its = alike[r];
                for (int i = 0; i < its.length; i++) {
                    once[r][i] += its[i];
                    times[r][i] += count * its[i];
                }
                Arrays.fill(its, 0);
            }
        }
    }

    private void block(int from, int width) {
        double[][] rows = new double[order.length][width];
        for (int g = 0; g < rows.length; g++) {
            System.arraycopy(table.sums()[order[g]], from, rows[g], 0, width);
        }
        int next = 0;
        for (int first = 0; first < sizes.length; first += RESAMPLES) {
            Sums sums = Sums.of(Math.min(RESAMPLES, sizes.length - first), width);
            int g = 0;
            while (g < rows.length) {
                int end = g + 1;
                while (end < rows.length && end < g + CLUSTERS && counts[end] == counts[g]) {
                    end++;
                }
                if (counts[g] > 0) {
                    gather(rows, g, end, first, sums);
                }
                if (end == rows.length || counts[end] != counts[g]) {
                    sums.fold(counts[g]);
                }
                g = end;
            }
            for (int r = 0; r < sums.once().length; r++) {
                if (sizes[first + r] > 0) {
                    estimates(first + r, next, from, rows, sums, r);
                    next++;
                }
            }
        }
    }

    /** Adds the clusters that were drawn, four at a time: sums are then read and written once for four. */
    private void gather(double[][] rows, int from, int to, int first, Sums sums) {
        int[] drawn = new int[4];
        double[] times = new double[4];
        for (int r = 0; r < sums.once().length; r++) {
            char[] weights = resamples.weights(first + r);
            int waiting = 0;
            for (int g = from; g < to; g++) {
                int weight = weights[order[g]];
                if (weight != 0) {
                    drawn[waiting] = g;
                    times[waiting++] = weight;
                    if (waiting == 4) {
                        addFour(rows, drawn, times, sums.alike()[r], sums.squares()[r]);
                        waiting = 0;
                    }
                }
            }
            for (int i = 0; i < waiting; i++) {
                addOne(rows[drawn[i]], times[i], sums.alike()[r], sums.squares()[r]);
            }
        }
    }

    private static void addFour(double[][] rows, int[] at, double[] times, double[] sum, double[] squares) {
        double[] a = rows[at[0]];
        double[] b = rows[at[1]];
        double[] c = rows[at[2]];
        double[] d = rows[at[3]];
        double u = times[0];
        double v = times[1];
        double w = times[2];
        double x = times[3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
        }
        for (int i = 0; i < squares.length; i++) { // in one loop the compiler finds less to do at a time
            squares[i] += u * a[i] * a[i] + v * b[i] * b[i] + w * c[i] * c[i] + x * d[i] * d[i];
        }
    }

    private static void addOne(double[] row, double times, double[] sum, double[] squares) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += times * row[i];
            squares[i] += times * row[i] * row[i];
        }
    }

    private void estimates(int resample, int place, int from, double[][] rows, Sums sums, int r) {
        double size = sizes[resample];
        double[] squares = sums.squares()[r];
        for (int i = 0; i < squares.length; i++) {
            double theta = sums.once()[r][i] / size;
            double spread = squares[i] - 2 * theta * sums.times()[r][i] + theta * theta * countSquares[resample];
            if (spread < LOST * squares[i]) {
                spread = spread(rows, i, resamples.weights(resample), theta);
            }
            int column = from + i;
            double error = ClusterTable.error(spread, order.length, size);
            double difference = theta - (means[column] - table.centres()[column]);
            thetas[column][place] = table.centres()[column] + theta;
            ts[column][place] = Resampled.t(difference, error, means[column]);
        }
    }

    private double spread(double[][] rows, int column, char[] weights, double theta) {
        double spread = 0;
        for (int g = 0; g < rows.length; g++) {
            double d = rows[g][column] - theta * counts[g];
            spread += weights[order[g]] * d * d;
        }
        return spread;
    }
}
