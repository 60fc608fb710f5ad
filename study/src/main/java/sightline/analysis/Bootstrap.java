package sightline.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Percentile intervals of a mean by the bootstrap (Efron 1979): samples are drawn anew with replacement, and the interval
 * holds the middle 95 % of the means. All columns are resampled together, as a sample's layers belong together.
 *
 * <p>The draws depend on the seed and on the number of samples alone, not on the number of threads.
 *
 * @param resamples how often to draw
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {
    private static final double TAIL = 0.025;
    /** Resamples whose sums stay in the cache together, and samples read for them at a time. */
    private static final int TILE = 32;

    public Bootstrap {
        if (resamples < 40) {
            throw new IllegalArgumentException("the tails of " + resamples + " resamples hold nothing");
        }
    }

    /** 1,000 resamples: the interval's own error is then a few percent of its width. */
    public static Bootstrap standard() {
        return new Bootstrap(1000, 20_26);
    }

    /**
     * The intervals.
     *
     * @param rows [sample][column], at least one sample
     * @return [0: low, 1: high][column]
     */
    public double[][] intervals(double[][] rows) {
        int columns = rows[0].length;
        double[][] means = new double[columns][resamples];
        // Seeds out of a generator: with seeds a constant apart, the streams of this generator would be each other's
        // tails.
        long[] seeds = new SplittableRandom(seed).longs(resamples).toArray();
        int tiles = (resamples + TILE - 1) / TILE;
        IntStream.range(0, tiles).parallel().forEach(tile -> {
            int first = tile * TILE;
            int count = Math.min(TILE, resamples - first);
            double[][] sums = sums(rows, Arrays.copyOfRange(seeds, first, first + count));
            for (int r = 0; r < count; r++) {
                for (int column = 0; column < columns; column++) {
                    means[column][first + r] = sums[r][column] / rows.length;
                }
            }
        });
        double[][] intervals = new double[2][columns];
        IntStream.range(0, columns).parallel().forEach(column -> {
            Arrays.sort(means[column]);
            intervals[0][column] = quantile(means[column], TAIL);
            intervals[1][column] = quantile(means[column], 1 - TAIL);
        });
        return intervals;
    }

    private static double[][] sums(double[][] rows, long[] seeds) {
        int count = seeds.length;
        int[][] draws = new int[count][];
        for (int r = 0; r < count; r++) {
            draws[r] = draws(seeds[r], rows.length);
        }
        double[][] sums = new double[count][rows[0].length];
        for (int from = 0; from < rows.length; from += TILE) {
            int to = Math.min(rows.length, from + TILE);
            for (int r = 0; r < count; r++) {
                for (int sample = from; sample < to; sample++) {
                    add(sums[r], rows[sample], draws[r][sample]);
                }
            }
        }
        return sums;
    }

    /** How often each sample is drawn. */
    private static int[] draws(long seed, int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] draws = new int[samples];
        for (int i = 0; i < samples; i++) {
            draws[random.nextInt(samples)]++;
        }
        return draws;
    }

    private static void add(double[] sum, double[] row, double times) {
        if (times != 0) {
            for (int column = 0; column < row.length; column++) {
                sum[column] += times * row[column];
            }
        }
    }

    /** Linear between the two nearest of sorted values. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
