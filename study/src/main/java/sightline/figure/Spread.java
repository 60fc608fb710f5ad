package sightline.figure;

import java.util.Arrays;
import java.util.Comparator;

/** Places labels near their targets, in the targets' order, a gap apart, within bounds. */
final class Spread {
    private static final int ROUNDS = 60;

    private Spread() {}

    static double[] places(double[] targets, double gap, double lowest, double highest) {
        double[] places = targets.clone();
        Integer[] order = new Integer[targets.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> targets[i]));
        for (int round = 0; round < ROUNDS && order.length > 0; round++) {
            for (int i = 1; i < order.length; i++) {
                double missing = gap - (places[order[i]] - places[order[i - 1]]);
                if (missing > 0) {
                    places[order[i]] += missing / 2;
                    places[order[i - 1]] -= missing / 2;
                }
            }
            places[order[0]] = Math.max(lowest, places[order[0]]);
            int last = order[order.length - 1];
            places[last] = Math.min(highest, places[last]);
        }
        return places;
    }
}
