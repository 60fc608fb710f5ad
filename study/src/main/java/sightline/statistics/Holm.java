package sightline.statistics;

import java.util.Arrays;
import java.util.Comparator;

/** Holm's correction for several tests (1979). */
public final class Holm {
    private Holm() {}

    /** Adjusted p values, in the order of the given ones: what is at most 0.05 stands against all the others. */
    public static double[] adjusted(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (order.length - i) * p[order[i]]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }
}
