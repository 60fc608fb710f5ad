package sightline.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
    private static final double[] NONE = {};

    private final TracedDataset data;
    private final boolean thresholded;
    private final double threshold;
    private final GroupDraws draws;
    private final ControlCurves controls;

    /**
     * Draws the resamples.
     *
     * @param threshold of the samples that are kept; empty for all of them
     */
    GroupCurves(DatasetSummary summary, Group group, OptionalDouble threshold, IntervalKind interval) {
        this.data = summary.data();
        this.thresholded = threshold.isPresent();
        this.threshold = threshold.orElse(0);
        List<TracedSample> samples = summary.samples(group, false).stream()
                .filter(sample -> sample.kept(this.threshold))
                .toList();
        Clustering clustering = summary.clustering();
        Clusters clusters =
                Clusters.of(samples.stream().map(clustering::cluster).toList());
        long pathways =
                summary.keys().stream().map(CurveKey::pathway).distinct().count();
        Resamples resamples = Resamples.draw(
                SeededDraws.of("boot", data.name(), group.category().orElse("")),
                clusters.count(),
                Resamples.needed((int) pathways));
        this.draws = new GroupDraws(
                data.name(), group, samples, clustering, clusters, resamples, BootstrapRules.of(interval));
        this.controls = new ControlCurves(draws, data.layers(), this.threshold);
    }

    /** What all statistics of the group are drawn from. */
    GroupDraws draws() {
        return draws;
    }

    /**
     * Views of the group. Change has one for each cut, metric and clipping, with n = 0 if no sample has it; another measure has
     * one for each cut of which a sample tells it.
     */
    Map<CurveView, MeanCurve> curves(List<CurveKey> keys, Set<Measure> measures, List<Metric> metrics) {
        Map<CurveView, MeanCurve> curves = new HashMap<>();
        keys.parallelStream()
                .map(key -> curves(key, measures, metrics))
                .toList()
                .forEach(curves::putAll);
        curves.replaceAll((view, curve) -> view.clipped() ? curve.testedAs(curves.get(view.unclipped())) : curve);
        Map<Object, List<CurveView>> families = new LinkedHashMap<>();
        curves.keySet().forEach(view -> families.computeIfAbsent(family(view), key -> new ArrayList<>())
                .add(view));
        families.values().forEach(family -> {
            double[] holm = holm(family.stream().map(curves::get).toList());
            for (int i = 0; i < holm.length; i++) {
                CurveView view = family.get(i);
                curves.put(view, curves.get(view).corrected(holm[i], view.measure()));
            }
        });
        return curves;
    }

    /** p values of curves that are looked at together, corrected for that. */
    static double[] holm(List<MeanCurve> family) {
        return Holm.adjusted(family.stream().mapToDouble(MeanCurve::smallestP).toArray());
    }

    private static Object family(CurveView view) {
        return List.of(view.key().k(), view.key().masking(), view.measure(), view.metric(), view.clipped());
    }

    /** Views of one cut side by side: rows are [sample][view · L + layer]. */
    @SuppressWarnings({"ArrayRecordComponent", "ReferenceEquality"})
    private record Part(List<TracedSample> its, List<CurveView> views, double[][] rows, double[][] published) {
        /** Whether it is of the same samples. */
        boolean alike(Part other) {
            boolean alike = its.size() == other.its.size();
            for (int i = 0; alike && i < its.size(); i++) {
                alike = its.get(i) == other.its.get(i); // equal ones are the same, and have much to compare
            }
            return alike;
        }

        /** Another part of the same samples beside it. */
        Part with(Part other) {
            List<CurveView> both = new ArrayList<>(views);
            both.addAll(other.views);
            double[][] wide = new double[rows.length][];
            Arrays.setAll(wide, i -> joined(rows[i], other.rows[i]));
            double[][] means = Arrays.copyOf(published, both.size());
            System.arraycopy(other.published, 0, means, views.size(), other.views.size());
            return new Part(its, both, wide, means);
        }

        private static double[] joined(double[] one, double... other) {
            double[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }
    }

    /** What is of the same samples goes into one table: wide ones cost less a column. */
    private Map<CurveView, MeanCurve> curves(CurveKey key, Set<Measure> measures, List<Metric> metrics) {
        Map<CurveView, MeanCurve> curves = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>();
        for (Measure measure : measures) {
            Part part = measure == Measure.CHANGE ? changes(key, metrics) : differences(key, measure);
            if (!part.its().isEmpty()) {
                int same = 0;
                while (same < parts.size() && !parts.get(same).alike(part)) {
                    same++;
                }
                if (same < parts.size()) {
                    parts.set(same, parts.get(same).with(part));
                } else {
                    parts.add(part);
                }
            } else if (measure == Measure.CHANGE) {
                part.views().forEach(view -> curves.put(view, MeanCurve.NOTHING));
            }
        }
        parts.forEach(part -> curves.putAll(curves(part)));
        if (measures.contains(Measure.CHANGE)) {
            controls.of(key, changeViews(key, metrics))
                    .forEach((view, control) -> curves.computeIfPresent(view, (same, curve) -> curve.against(control)));
        }
        return curves;
    }

    private List<CurveView> changeViews(CurveKey key, List<Metric> metrics) {
        List<CurveView> views = new ArrayList<>();
        for (Metric metric : metrics) {
            views.add(new CurveView(draws.group(), key, thresholded, metric, false));
            views.add(new CurveView(draws.group(), key, thresholded, metric, true));
        }
        return views;
    }

    /** All metrics and clippings of one cut. */
    private Part changes(CurveKey key, List<Metric> metrics) {
        List<TracedSample> its = draws.samples().stream()
                .filter(sample -> sample.curves().containsKey(key))
                .toList();
        List<CurveView> views = changeViews(key, metrics);
        ChangeRows rows = ChangeRows.of(its, TracedSample::curves, views, data.layers());
        return new Part(its, views, rows.centred(), rows.published());
    }

    private Part differences(CurveKey key, Measure measure) {
        List<TracedSample> its = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (TracedSample sample : draws.samples()) {
            MeasuredDifference.of(sample, key, measure).ifPresent(row -> {
                its.add(sample);
                rows.add(row);
            });
        }
        List<CurveView> views = List.of(new CurveView(draws.group(), key, thresholded, measure));
        return new Part(its, views, rows.toArray(double[][]::new), new double[][] {NONE});
    }

    /** The curves of views that are side by side in rows. */
    private Map<CurveView, MeanCurve> curves(Part part) {
        List<CurveView> views = part.views();
        CurveKey key = views.get(0).key();
        DistinctColumns columns = DistinctColumns.distinct(part.rows());
        ClusterTable table = draws.table(part.its(), columns.rows());
        Bootstrap bootstrap = draws.bootstrap(table);
        boolean[] acts = new boolean[data.layers()];
        for (int layer = 0; layer < acts.length; layer++) {
            acts[layer] = data.acts(key, layer);
        }
        Map<CurveView, MeanCurve> curves = new LinkedHashMap<>();
        for (int v = 0; v < views.size(); v++) {
            CurveView view = views.get(v);
            int[] places = Arrays.copyOfRange(columns.place(), v * acts.length, (v + 1) * acts.length);
            CurveStatistics statistics = bootstrap.curve(
                    places,
                    acts,
                    view.measure().bounds(threshold, view.clipped()),
                    view.measure().harmRaises());
            if (view.measure() == Measure.FLIP) {
                statistics = statistics.ofShares(at(table.means(), places), table.n(), table.present());
            }
            curves.put(view, curve(view, table, columns, places, part.published()[v], statistics));
        }
        return curves;
    }

    private MeanCurve curve(
            CurveView view,
            ClusterTable table,
            DistinctColumns columns,
            int[] places,
            double[] published,
            CurveStatistics statistics) {
        double[] mean = at(table.means(), places);
        double[] error = at(table.errors(), places);
        int worst = HarmfulWindow.layer(data, view.key(), view.measure(), mean);
        Optional<EffectSize> effect = worst < 0 || view.measure() != Measure.CHANGE
                ? Optional.empty()
                : Optional.of(EffectSize.of(columns.column(places[worst]), HALF, error[worst], table.present()));
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
                worst,
                effect,
                Optional.empty(),
                dots(view, table, columns, places));
    }

    /** Of so few clusters that a mean has no interval. */
    private double[][] dots(CurveView view, ClusterTable table, DistinctColumns columns, int... places) {
        boolean drawn = view.measure() == Measure.CHANGE
                && table.present() < draws.rules().leastClusters()
                && table.n() <= MeanCurve.MOST_DOTS;
        return drawn
                ? Arrays.stream(columns.rows()).map(row -> at(row, places)).toArray(double[][]::new)
                : new double[0][];
    }

    private static double[] at(double[] values, int... places) {
        double[] its = new double[places.length];
        Arrays.setAll(its, i -> values[places[i]]);
        return its;
    }
}
