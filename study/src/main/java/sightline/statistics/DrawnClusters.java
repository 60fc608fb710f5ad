package sightline.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Resamples as sums are gathered: which clusters each has, and how often. Clusters of equally many samples follow one
 * another, in tiles; what a resample has of a tile is filled up to a multiple of {@value #AT_ONCE} with one more cluster,
 * which has nothing, 0 times. Made once for all tables of the same samples.
 */
final class DrawnClusters {
    private static final int AT_ONCE = 4;

    private static final int TILE = 32;

    private final double[] samples;
    private final int[] order;
    private final double[] counts;
    private final int[] tiles;
    private final int[][] places;
    private final char[][] times;
    private final int[][] ends;
    private final double[] sizes;
    private final double[] countSquares;

    /**
     * Of resamples' weights.
     *
     * @param samples by cluster
     */
    DrawnClusters(char[][] weights, double... samples) {
        this.samples = samples.clone();
        this.order = IntStream.range(0, samples.length)
                .boxed()
                .sorted(Comparator.comparingDouble(g -> samples[g]))
                .mapToInt(g -> g)
                .toArray();
        this.counts = IntStream.of(order).mapToDouble(g -> samples[g]).toArray();
        this.tiles = tiles();
        this.places = new int[weights.length][];
        this.times = new char[weights.length][];
        this.ends = new int[weights.length][tiles.length];
        this.sizes = new double[weights.length];
        this.countSquares = new double[weights.length];
        for (int r = 0; r < weights.length; r++) {
            draw(r, weights[r]);
        }
    }

    private int[] tiles() {
        int[] tiles = new int[order.length];
        int count = 0;
        int first = 0;
        for (int g = 1; g <= order.length; g++) {
            if (g == order.length || g == first + TILE || counts[g] != counts[first]) {
                tiles[count++] = g;
                first = g;
            }
        }
        return Arrays.copyOf(tiles, count);
    }

    private void draw(int resample, char... weights) {
        int[] its = new int[order.length + AT_ONCE * tiles.length];
        char[] often = new char[its.length];
        int count = 0;
        int place = 0;
        for (int tile = 0; tile < tiles.length; tile++) {
            double size = counts[place];
            int drawn = 0;
            for (; place < tiles[tile]; place++) { // without a branch, which chance would decide
                char weight = weights[order[place]];
                its[count] = place;
                often[count] = weight;
                count += Math.min(weight, 1);
                drawn += weight;
            }
            while (count % AT_ONCE != 0) {
                its[count] = order.length;
                often[count++] = 0;
            }
            ends[resample][tile] = count;
            sizes[resample] += drawn * size;
            countSquares[resample] += drawn * size * size;
        }
        places[resample] = Arrays.copyOf(its, count);
        times[resample] = Arrays.copyOf(often, count);
    }

    /** Whether they are of clusters with so many samples. */
    boolean of(double... others) {
        return Arrays.equals(samples, others);
    }

    /** Clusters by how many samples they have. */
    int[] order() {
        return order;
    }

    /** Their samples in that order. */
    double[] counts() {
        return counts;
    }

    /** Where tiles of clusters end in that order: few enough to stay in the cache. */
    int[] tilesEnd() {
        return tiles;
    }

    /**
     * Adds what a resample has of a tile.
     *
     * @param rows by cluster in this order, and a last one of zeros
     */
    void add(double[][] rows, int resample, int tile, double... sum) {
        for (int i = tile == 0 ? 0 : ends[resample][tile - 1]; i < ends[resample][tile]; i += AT_ONCE) {
            addFour(rows, places[resample], times[resample], i, sum);
        }
    }

    /** Sums are read and written once for four clusters; of more the compiler makes no vector operations. */
    private static void addFour(double[][] rows, int[] places, char[] times, int at, double... sum) {
        double[] a = rows[places[at]];
        double[] b = rows[places[at + 1]];
        double[] c = rows[places[at + 2]];
        double[] d = rows[places[at + 3]];
        double u = times[at];
        double v = times[at + 1];
        double w = times[at + 2];
        double x = times[at + 3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
        }
    }

    /** Samples of each resample. */
    double[] sizes() {
        return sizes;
    }

    /** Σ w·M² of a resample. */
    double countSquares(int resample) {
        return countSquares[resample];
    }
}
