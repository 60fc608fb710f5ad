package sightline.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sightline.statistics.Bootstrap;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.Estimate;
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
        double[][] control = ChangeRows.of(its, sample -> sample.additions().random(), views, layers)
                .centred();
        double[][] own = ChangeRows.of(its, TracedSample::curves, views, layers).centred();
        ClusterTable table = draws.table(its, control);
        Bootstrap bootstrap = draws.bootstrap(table);
        for (int v = 0; v < views.size(); v++) {
            double[][] sums = differences(its, own, control, v * layers);
            double[] difference = new double[layers];
            for (double[] sum : sums) {
                for (int layer = 0; layer < layers; layer++) {
                    difference[layer] += sum[layer] / its.size();
                }
            }
            double[] p = new double[layers];
            Arrays.fill(p, 1);
            if (table.present() >= draws.rules().leastClusters()) {
                p = flips().test(sums).pAll();
            }
            curves.put(
                    views.get(v),
                    curve(
                            its.size(),
                            table.present(),
                            bootstrap,
                            v * layers,
                            views.get(v).clipped(),
                            difference,
                            p));
        }
        return curves;
    }

    /** One set for all cuts of the group, drawn when the first one needs it; cuts are worked on at once. */
    private synchronized SignFlips flips() {
        if (flips == null) {
            flips = SignFlips.of(draws.flips(), draws.clusters().count());
        }
        return flips;
    }

    private ControlCurve curve(
            int n, int clusters, Bootstrap bootstrap, int from, boolean clipped, double[] difference, double[] p) {
        int[] columns = IntStream.range(from, from + layers).toArray();
        Bounds bounds = Measure.CHANGE.bounds(threshold, clipped);
        Estimate[] means = Arrays.stream(columns)
                .mapToObj(column -> bootstrap.estimate(column, bounds))
                .toArray(Estimate[]::new);
        boolean[] carried = new boolean[layers];
        for (int layer = 0; layer < layers; layer++) {
            carried[layer] = bootstrap.carried(columns[layer]);
        }
        return new ControlCurve(
                n,
                clusters,
                Arrays.stream(means).mapToDouble(Estimate::value).toArray(),
                Arrays.stream(means).mapToDouble(Estimate::error).toArray(),
                Arrays.stream(means).mapToDouble(Estimate::low).toArray(),
                Arrays.stream(means).mapToDouble(Estimate::high).toArray(),
                carried,
                difference,
                p);
    }

    /** Sums by cluster of what the pathway's cut takes more, or less, than its control's. */
    private double[][] differences(List<TracedSample> its, double[][] own, double[][] control, int from) {
        int[] numbers = draws.numbers(its);
        double[][] sums = new double[draws.clusters().count()][layers];
        for (int i = 0; i < numbers.length; i++) {
            for (int layer = 0; layer < layers; layer++) {
                sums[numbers[i]][layer] += own[i][from + layer] - control[i][from + layer];
            }
        }
        return sums;
    }
}
