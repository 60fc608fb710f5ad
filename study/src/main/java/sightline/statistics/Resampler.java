package sightline.statistics;

import java.util.Arrays;

/**
 * The estimates of all resamples of a table. Σw·T, Σw·T² and Σw·T·M are gathered over clusters w times drawn, in tiles that
 * stay in the cache, so that nothing of size resamples × columns × clusters ever exists. Clusters of equally many samples
 * follow one another: M is then a factor of their Σw·T, and costs no sum of its own.
 */
final class Resampler {
    private static final int RESAMPLES = 64;
    /** A tile's rows are then as large as the fastest cache of most machines. */
    private static final int COLUMNS = 64;
    /** A sum of squares that has lost most of its digits is gathered anew. */
    static final double LOST = 1e-9;

    private final ClusterTable table;
    private final Resamples resamples;
    private final DrawnClusters drawn;
    private final double[] means;
    private final double[][] thetas;
    private final double[][] ts;

    private Resampler(ClusterTable table, Resamples resamples) {
        this.table = table;
        this.resamples = resamples;
        this.drawn = resamples.drawn(table.counts());
        this.means = table.means();
        int kept = kept();
        this.thetas = new double[means.length][kept];
        this.ts = new double[means.length][kept];
    }

    private int kept() {
        return (int) Arrays.stream(drawn.sizes()).filter(size -> size > 0).count();
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
            resampler.estimate(new Block(from, to - from, resampler.rows(from, to - from)));
        }
        return new Resampled(resampler.thetas, resampler.ts, resamples.count() - resampler.kept());
    }

    private void estimate(Block block) {
        int place = 0;
        for (int first = 0; first < resamples.count(); first += RESAMPLES) {
            Sums sums = sums(block, first, Math.min(RESAMPLES, resamples.count() - first));
            for (int r = 0; r < sums.all().length; r++) {
                if (drawn.sizes()[first + r] > 0) {
                    estimates(block, sums.all()[r], sums.times()[r], first + r, place++);
                }
            }
        }
    }

    /** Columns side by side. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Block(int from, int width, double[][] rows) {}

    /** Of clusters by M each column's T, then each one's T²; and a last row of zeros. */
    private double[][] rows(int from, int width) {
        int[] order = drawn.order();
        double[][] rows = new double[order.length + 1][2 * width];
        for (int g = 0; g < order.length; g++) {
            double[] row = rows[g];
            System.arraycopy(table.sums()[order[g]], from, row, 0, width);
            for (int i = 0; i < width; i++) {
                row[width + i] = row[i] * row[i];
            }
        }
        return rows;
    }

    /** The sums of some resamples: [resample][columns' T, then their T²], but for {@code times}, Σw·T·M, of T alone. */
    private record Sums(double[][] alike, double[][] all, double[][] times) {
        static Sums of(int resamples, int width) {
            return new Sums(
                    new double[resamples][2 * width], new double[resamples][2 * width], new double[resamples][width]);
        }

        /** Clusters of this many samples are through. */
        void fold(double count) {
            for (int r = 0; r < alike.length; r++) {
                double[] its = alike[r];
                add(its, all[r], 1);
                add(its, times[r], count);
                Arrays.fill(its, 0);
            }
        }

        private static void add(double[] from, double[] to, double count) {
            for (int i = 0; i < to.length; i++) {
                to[i] += count * from[i];
            }
        }
    }

    private Sums sums(Block block, int first, int count) {
        Sums sums = Sums.of(count, block.width());
        int[] ends = drawn.tilesEnd();
        for (int tile = 0; tile < ends.length; tile++) {
            double samples = drawn.counts()[ends[tile] - 1];
            for (int r = 0; r < count && samples > 0; r++) {
                drawn.add(block.rows(), first + r, tile, sums.alike()[r]);
            }
            if (tile == ends.length - 1 || drawn.counts()[ends[tile]] != samples) {
                sums.fold(samples);
            }
        }
        return sums;
    }

    private void estimates(Block block, double[] sums, double[] times, int resample, int place) {
        double size = drawn.sizes()[resample];
        for (int i = 0; i < times.length; i++) {
            double theta = sums[i] / size;
            double squares = sums[times.length + i];
            double spread = squares - 2 * theta * times[i] + theta * theta * drawn.countSquares(resample);
            if (spread < LOST * squares) {
                spread = spread(block.rows(), i, resamples.weights(resample), theta);
            }
            int column = block.from() + i;
            double error = ClusterTable.error(spread, table.clusters(), size);
            double difference = theta - (means[column] - table.centres()[column]);
            thetas[column][place] = table.centres()[column] + theta;
            ts[column][place] = Resampled.t(difference, error, means[column]);
        }
    }

    private double spread(double[][] rows, int column, char[] weights, double theta) {
        int[] order = drawn.order();
        double spread = 0;
        for (int g = 0; g < order.length; g++) {
            double d = rows[g][column] - theta * drawn.counts()[g];
            spread += weights[order[g]] * d * d;
        }
        return spread;
    }
}
