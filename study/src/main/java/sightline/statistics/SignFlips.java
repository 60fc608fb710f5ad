package sightline.statistics;

import java.util.Arrays;
import java.util.BitSet;
import sightline.draw.SeededDraws;

/**
 * Tests of a paired difference against 0 by flipping the signs of whole clusters: all 2^G flips of up to 12 clusters, else
 * {@value #DRAWN} drawn ones and the identity. One set of flips for all curves of a group.
 */
public final class SignFlips {
    private static final int DRAWN = 4999;
    private static final int ALL_UP_TO = 12;
    private static final double ROUNDING = 1e-12;

    private final BitSet[] flips;
    private final int clusters;

    private SignFlips(BitSet[] flips, int clusters) {
        this.flips = flips;
        this.clusters = clusters;
    }

    /**
     * The result of a test of several windows.
     *
     * @param t |mean of the clusters' sums| in its standard errors
     * @param p of each window on its own
     * @param pAll that any window shows so much if none differs
     */
    public record Result(double[] t, double[] p, double[] pAll) {}

    /** The flips of G clusters; draws are made only if not all are taken. */
    public static SignFlips of(SeededDraws draws, int clusters) {
        boolean all = clusters <= ALL_UP_TO;
        BitSet[] flips = new BitSet[all ? 1 << clusters : DRAWN + 1];
        flips[0] = new BitSet();
        for (int i = 1; i < flips.length; i++) {
            flips[i] = all ? BitSet.valueOf(new long[] {i}) : drawn(draws, clusters);
        }
        return new SignFlips(flips, clusters);
    }

    private static BitSet drawn(SeededDraws draws, int clusters) {
        BitSet flip = new BitSet(clusters);
        for (int g = 0; g < clusters; g++) {
            flip.set(g, draws.below(2) == 1);
        }
        return flip;
    }

    /**
     * Tests windows together.
     *
     * @param sums [cluster][window] of the paired differences
     */
    public Result test(double[][] sums) {
        if (sums.length != clusters) {
            throw new IllegalArgumentException(sums.length + " clusters, but flips of " + clusters);
        }
        int windows = sums[0].length;
        double[] squares = new double[windows];
        for (double[] row : sums) {
            for (int w = 0; w < windows; w++) {
                squares[w] += row[w] * row[w];
            }
        }
        double[] t = flipped(sums, flips[0], squares);
        int[] alone = new int[windows];
        int[] together = new int[windows];
        for (BitSet flip : flips) {
            double[] other = flipped(sums, flip, squares);
            double largest = Arrays.stream(other).max().orElse(0);
            for (int w = 0; w < windows; w++) {
                double least = t[w] * (1 - ROUNDING);
                alone[w] += other[w] >= least ? 1 : 0;
                together[w] += largest >= least ? 1 : 0;
            }
        }
        double all = flips.length;
        return new Result(
                t,
                Arrays.stream(alone).mapToDouble(count -> count / all).toArray(),
                Arrays.stream(together).mapToDouble(count -> count / all).toArray());
    }

    /** |T̄| / √(var / G), var about the flipped mean. */
    private double[] flipped(double[][] sums, BitSet flip, double[] squares) {
        double[] t = new double[squares.length];
        for (int g = 0; g < clusters; g++) {
            double sign = flip.get(g) ? -1 : 1;
            for (int w = 0; w < t.length; w++) {
                t[w] += sign * sums[g][w];
            }
        }
        for (int w = 0; w < t.length; w++) {
            double mean = t[w] / clusters;
            double spread = squares[w] - mean * mean * clusters;
            if (spread <= ROUNDING * squares[w]) { // all clusters alike: no spread, but for rounding
                t[w] = squares[w] == 0 ? 0 : Double.POSITIVE_INFINITY;
            } else {
                t[w] = Math.abs(mean) / Math.sqrt(spread / (clusters - 1) / clusters);
            }
        }
        return t;
    }
}
