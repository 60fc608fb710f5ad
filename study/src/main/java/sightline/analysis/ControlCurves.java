package sightline.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.statistics.Bootstrap;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.SignFlips;

/** Curves of random sources, and whether a pathway's cut does more than theirs. */
final class ControlCurves {
    private final GroupDraws draws;
    private final int layers;
    private final double threshold;
    private SignFlips flips;

    /**
     * Controls of a group.
     *
     * @param layers L
     * @param threshold that its samples reach
     */
    ControlCurves(GroupDraws draws, int layers, double threshold) {
        this.draws = draws;
        this.threshold = threshold;
        this.layers = layers;
    }

    /**
     * The controls of a cut, under each of its views; none if no sample has one.
     *
     * @param views of one cut
     */
    Map<CurveView, ControlCurve> of(CurveKey key, List<CurveView> views) {
        List<TracedSample> its = draws.samples().stream()
                .filter(sample -> sample.curves().containsKey(key)
                        && sample.additions().random().containsKey(key))
                .toList();
        Map<CurveView, ControlCurve> curves = new HashMap<>();
        if (its.isEmpty()) {
            return curves;
        }
        double[][] random = ChangeRows.of(its, sample -> sample.additions().random(), views, layers)
                .centred();
        double[][] difference =
                ChangeRows.of(its, TracedSample::curves, views, layers).centred();
        for (int i = 0; i < difference.length; i++) {
            for (int column = 0; column < difference[i].length; column++) {
                difference[i][column] -= random[i][column];
            }
        }
        ClusterTable table = draws.table(its, random);
        Bootstrap ofRandom = draws.bootstrap(table);
        Bootstrap ofDifference = draws.bootstrap(draws.table(its, difference));
        double[][] sums = draws.sums(its, difference);
        for (int v = 0; v < views.size(); v++) {
            int from = v * layers;
            Bounds bounds = Measure.CHANGE.bounds(threshold, views.get(v).clipped());
            double[] p = new double[layers];
            Arrays.fill(p, 1);
            if (table.present() >= draws.rules().leastClusters()) {
                p = flips().test(part(sums, from)).pAll();
            }
            LayerMeans means = LayerMeans.of(ofRandom, from, layers, bounds);
            LayerMeans apart = LayerMeans.of(ofDifference, from, layers, bounds.minus(bounds));
            curves.put(views.get(v), new ControlCurve(table.n(), table.present(), means, apart, p));
        }
        return curves;
    }

    private double[][] part(double[][] sums, int from) {
        return Arrays.stream(sums)
                .map(row -> Arrays.copyOfRange(row, from, from + layers))
                .toArray(double[][]::new);
    }

    /** One set for all cuts of the group, drawn when the first one needs it; cuts are worked on at once. */
    private synchronized SignFlips flips() {
        if (flips == null) {
            flips = SignFlips.of(draws.flips(), draws.clusters().count());
        }
        return flips;
    }
}
