package sightline.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.draw.SeededDraws;
import sightline.statistics.Bootstrap;
import sightline.statistics.BootstrapRules;
import sightline.statistics.ClusterTable;
import sightline.statistics.Clusters;
import sightline.statistics.CurveStatistics;
import sightline.statistics.EffectSize;
import sightline.statistics.Holm;
import sightline.statistics.IntervalKind;
import sightline.statistics.Resamples;

/** All curves of a group of samples: they share one set of resamples, so that their differences are paired. */
final class GroupCurves {
    private static final double HALF = -50;

    private final TracedDataset data;
    private final Group group;
    private final boolean thresholded;
    private final double threshold;
    private final List<TracedSample> samples;
    private final Clustering clustering;
    private final Clusters clusters;
    private final Resamples resamples;
    private final BootstrapRules rules;
    private final List<Metric> metrics;

    /** Draws the resamples. */
    GroupCurves(
            DatasetSummary summary, Group group, boolean thresholded, Clustering clustering, IntervalKind interval) {
        this.data = summary.data();
        this.group = group;
        this.thresholded = thresholded;
        this.threshold = thresholded ? summary.threshold() : 0;
        this.samples = summary.samples(group, thresholded);
        this.clustering = clustering;
        this.clusters = Clusters.of(samples.stream().map(clustering::cluster).toList());
        long pathways =
                summary.keys().stream().map(CurveKey::pathway).distinct().count();
        this.resamples = Resamples.draw(
                SeededDraws.of("boot", data.name(), group.category().orElse("")),
                clusters.count(),
                Resamples.needed((int) pathways));
        this.rules = BootstrapRules.of(interval);
        this.metrics = summary.metrics();
    }

    /** What all statistics of the group are drawn from. */
    GroupDraws draws() {
        return new GroupDraws(data.name(), group, samples, clustering, clusters, resamples, rules);
    }

    /** Every view of the group. */
    Map<CurveView, MeanCurve> curves(List<CurveKey> keys) {
        Map<CurveView, MeanCurve> curves = new HashMap<>();
        keys.parallelStream().map(this::curves).toList().forEach(curves::putAll);
        Map<Object, List<CurveView>> families = new LinkedHashMap<>();
        curves.keySet().forEach(view -> families.computeIfAbsent(family(view), key -> new ArrayList<>())
                .add(view));
        families.values().forEach(family -> {
            double[] holm = holm(family.stream().map(curves::get).toList());
            for (int i = 0; i < holm.length; i++) {
                curves.put(family.get(i), curves.get(family.get(i)).corrected(holm[i], Measure.CHANGE));
            }
        });
        return curves;
    }

    /** p values of curves that are looked at together, corrected for that. */
    static double[] holm(List<MeanCurve> family) {
        return Holm.adjusted(family.stream().mapToDouble(MeanCurve::smallestP).toArray());
    }

    private static Object family(CurveView view) {
        return List.of(view.key().k(), view.key().masking(), view.metric(), view.clipped());
    }

    /** All metrics and clippings of one cut are columns of one table. */
    private Map<CurveView, MeanCurve> curves(CurveKey key) {
        List<TracedSample> its = samples.stream()
                .filter(sample -> sample.curves().containsKey(key))
                .toList();
        List<CurveView> views = new ArrayList<>();
        for (Metric metric : metrics) {
            views.add(new CurveView(group, key, thresholded, metric, false));
            views.add(new CurveView(group, key, thresholded, metric, true));
        }
        Map<CurveView, MeanCurve> curves = new LinkedHashMap<>();
        if (its.isEmpty()) {
            views.forEach(view -> curves.put(view, MeanCurve.NOTHING));
            return curves;
        }
        ChangeRows rows = ChangeRows.of(its, TracedSample::curves, views, data.layers());
        DistinctColumns columns = DistinctColumns.distinct(rows.centred());
        int[] numbers = clusters.numbers(its.stream().map(clustering::cluster).toList());
        ClusterTable table = ClusterTable.of(numbers, clusters.count(), columns.rows());
        Bootstrap bootstrap = Bootstrap.of(table, resamples, rules);
        boolean[] acts = new boolean[data.layers()];
        for (int layer = 0; layer < acts.length; layer++) {
            acts[layer] = data.acts(key, layer);
        }
        for (int v = 0; v < views.size(); v++) {
            int[] places = Arrays.copyOfRange(columns.place(), v * acts.length, (v + 1) * acts.length);
            CurveStatistics statistics = bootstrap.curve(
                    places, acts, Measure.CHANGE.bounds(threshold, views.get(v).clipped()));
            curves.put(views.get(v), curve(key, table, columns, places, rows.published()[v], statistics));
        }
        new ControlCurves(draws(), data.layers(), threshold)
                .of(key, views)
                .forEach((view, control) -> curves.computeIfPresent(view, (same, curve) -> curve.against(control)));
        return curves;
    }

    private MeanCurve curve(
            CurveKey key,
            ClusterTable table,
            DistinctColumns columns,
            int[] places,
            double[] published,
            CurveStatistics statistics) {
        double[] mean = at(table.means(), places);
        double[] error = at(table.errors(), places);
        int lowest = HarmfulWindow.lowest(data, key, mean);
        Optional<EffectSize> effect = lowest < 0
                ? Optional.empty()
                : Optional.of(EffectSize.of(columns.column(places[lowest]), HALF, error[lowest], table.present()));
        return new MeanCurve(
                table.n(),
                table.present(),
                published,
                mean,
                error,
                at(table.designEffects(), places),
                statistics,
                1,
                new boolean[mean.length],
                lowest,
                effect,
                Optional.empty());
    }

    private static double[] at(double[] values, int[] places) {
        double[] its = new double[places.length];
        Arrays.setAll(its, i -> values[places[i]]);
        return its;
    }
}
