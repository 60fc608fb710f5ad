package sightline.statistics;

import java.util.Arrays;

/**
 * The estimates of all resamples of a contrast. With d as in {@link GroupContrast}, Σw·d² is gathered as sums of products
 * that do not depend on the resample's θ, in tiles like those of {@link Resampler}.
 */
final class ContrastResampler {
    /** Sums of a column: T₁, T₂, T₁², T₂², T₁T₂, T₁M₁, T₁M₂, T₂M₁, T₂M₂. */
    private static final int OF_COLUMN = 9;
    /** Sums of all columns: M₁, M₂, M₁², M₂², M₁M₂. */
    private static final int OF_ALL = 5;

    private static final int RESAMPLES = 64;
    private static final int COLUMNS = 14;

    private final GroupContrast contrast;
    private final ClusterTable one;
    private final ClusterTable other;
    private final Resamples resamples;
    private final DrawnClusters drawn;
    private final double[] differences;

    private ContrastResampler(GroupContrast contrast, Resamples resamples) {
        this.contrast = contrast;
        this.one = contrast.one();
        this.other = contrast.other();
        this.resamples = resamples;
        double[] alike = new double[resamples.clusters()];
        Arrays.fill(alike, 1);
        this.drawn = resamples.drawn(alike);
        this.differences = contrast.differences();
    }

    static Resampled of(GroupContrast contrast, Resamples resamples) {
        return new ContrastResampler(contrast, resamples).resampled();
    }

    private Resampled resampled() {
        double[][] counts = new double[resamples.count()][OF_ALL];
        gather(rows(OF_ALL, this::putCounts), 0, counts);
        int kept = (int) Arrays.stream(counts).filter(ContrastResampler::both).count();
        double[][] means = new double[differences.length][kept];
        double[][] ts = new double[differences.length][kept];
        for (int from = 0; from < differences.length; from += COLUMNS) {
            int first = from;
            int width = Math.min(COLUMNS, differences.length - from);
            double[][] rows = rows(OF_COLUMN * width, (cluster, row) -> putProducts(cluster, first, row));
            int place = 0;
            for (int r = 0; r < counts.length; r += RESAMPLES) {
                double[][] sums = new double[Math.min(RESAMPLES, counts.length - r)][OF_COLUMN * width];
                gather(rows, r, sums);
                for (int i = 0; i < sums.length; i++) {
                    if (both(counts[r + i])) {
                        estimates(r + i, counts[r + i], first, sums[i], means, ts, place++);
                    }
                }
            }
        }
        return new Resampled(means, ts, counts.length - kept);
    }

    /** Whether a resample has samples of both groups. */
    private static boolean both(double... counts) {
        return counts[0] > 0 && counts[1] > 0;
    }

    /** Puts down a cluster's numbers. */
    @FunctionalInterface
    private interface Row {
        void put(int cluster, double... row);
    }

    private double[][] rows(int width, Row each) {
        int[] order = drawn.order();
        double[][] rows = new double[order.length + 1][width];
        for (int g = 0; g < order.length; g++) {
            each.put(order[g], rows[g]);
        }
        return rows;
    }

    private void putCounts(int cluster, double... row) {
        double m1 = one.counts()[cluster];
        double m2 = other.counts()[cluster];
        row[0] = m1;
        row[1] = m2;
        row[2] = m1 * m1;
        row[3] = m2 * m2;
        row[4] = m1 * m2;
    }

    private void putProducts(int cluster, int first, double... row) {
        double m1 = one.counts()[cluster];
        double m2 = other.counts()[cluster];
        for (int i = 0; i < row.length; i += OF_COLUMN) {
            double t1 = one.sums()[cluster][first + i / OF_COLUMN];
            double t2 = other.sums()[cluster][first + i / OF_COLUMN];
            row[i] = t1;
            row[i + 1] = t2;
            row[i + 2] = t1 * t1;
            row[i + 3] = t2 * t2;
            row[i + 4] = t1 * t2;
            row[i + 5] = t1 * m1;
            row[i + 6] = t1 * m2;
            row[i + 7] = t2 * m1;
            row[i + 8] = t2 * m2;
        }
    }

    /** The sums of resamples from {@code first} on. */
    private void gather(double[][] rows, int first, double[]... sums) {
        for (int tile = 0; tile < drawn.tilesEnd().length; tile++) {
            for (int r = 0; r < sums.length; r++) {
                drawn.add(rows, first + r, tile, sums[r]);
            }
        }
    }

    private void estimates(
            int resample, double[] counts, int first, double[] sums, double[][] means, double[][] ts, int place) {
        double n1 = counts[0];
        double n2 = counts[1];
        for (int i = 0; i < sums.length; i += OF_COLUMN) {
            int c = first + i / OF_COLUMN;
            double a = sums[i] / n1;
            double b = sums[i + 1] / n2;
            double its = sums[i + 2] / (n1 * n1);
            double others = sums[i + 3] / (n2 * n2);
            double squares = its
                    + others
                    + a * (a * counts[2] - 2 * sums[i + 5]) / (n1 * n1)
                    + b * (b * counts[3] - 2 * sums[i + 8]) / (n2 * n2)
                    - 2 * (sums[i + 4] - b * sums[i + 6] - a * sums[i + 7] + a * b * counts[4]) / (n1 * n2);
            if (squares < Resampler.LOST * (its + others)) {
                squares = contrast.squares(c, resamples.weights(resample), a, b, n1, n2);
            }
            means[c][place] = one.centres()[c] + a - other.centres()[c] - b;
            double error = ClusterTable.error(squares, resamples.clusters(), 1);
            ts[c][place] = Resampled.t(means[c][place] - differences[c], error, differences[c]);
        }
    }
}
