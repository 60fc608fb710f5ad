package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sightline.draw.SeededDraws;
import sightline.statistics.Bootstrap;
import sightline.statistics.BootstrapRules;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.Clusters;
import sightline.statistics.GroupContrast;
import sightline.statistics.Holm;
import sightline.statistics.Resamples;

/** Every pair of a dataset's categories under every cut of the usual window size. */
final class CategoryContrasts {
    private final DatasetSummary summary;
    private final SummarySettings asked;
    private final Metric metric;
    private final BootstrapRules rules;

    private CategoryContrasts(DatasetSummary summary, SummarySettings asked) {
        this.summary = summary;
        this.asked = asked;
        this.metric = summary.metrics().contains(asked.metric()) ? asked.metric() : Metric.PRODUCT;
        this.rules = BootstrapRules.of(asked.interval());
    }

    /** What two categories are compared by. */
    private record Pair(Group one, Group other) {}

    /** By cut, then by pair; none of categories with fewer clusters than an interval needs. */
    static List<CategoryContrast> of(DatasetSummary summary, SummarySettings asked) {
        return summary.keys().isEmpty() ? List.of() : new CategoryContrasts(summary, asked).all();
    }

    private List<CategoryContrast> all() {
        List<Group> groups = summary.groups().stream()
                .filter(group -> group.category().isPresent())
                .filter(group -> clusters(summary.samples(group, true)) >= rules.leastClusters())
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            for (Group other : groups.subList(i + 1, groups.size())) {
                pairs.add(new Pair(groups.get(i), other));
            }
        }
        int size = CurveKey.usualSize(summary.keys());
        List<CurveKey> keys =
                summary.keys().stream().filter(key -> key.k() == size).toList();
        List<List<CategoryContrast>> byPair = pairs.parallelStream()
                .map(pair -> contrasts(pair, keys, Resamples.needed(pairs.size())))
                .toList();
        return keys.stream()
                .flatMap(key ->
                        corrected(byPair.stream()
                                        .flatMap(List::stream)
                                        .filter(one -> one.key().equals(key))
                                        .toList())
                                .stream())
                .toList();
    }

    private static List<CategoryContrast> corrected(List<CategoryContrast> family) {
        double[] holm = Holm.adjusted(
                family.stream().mapToDouble(CategoryContrast::smallestP).toArray());
        return IntStream.range(0, holm.length)
                .mapToObj(i -> family.get(i).corrected(holm[i]))
                .toList();
    }

    private int clusters(List<TracedSample> samples) {
        return Clusters.of(names(samples)).count();
    }

    private List<String> names(List<TracedSample> samples) {
        return samples.stream().map(summary.clustering()::cluster).toList();
    }

    /** All cuts of a pair share their draws, over the clusters that either has. */
    private List<CategoryContrast> contrasts(Pair pair, List<CurveKey> keys, int count) {
        List<TracedSample> one = summary.samples(pair.one(), true);
        List<TracedSample> other = summary.samples(pair.other(), true);
        List<String> union = new ArrayList<>(names(one));
        union.addAll(names(other));
        Clusters clusters = Clusters.of(union);
        SeededDraws draws = SeededDraws.of("boot", summary.data().name(), category(pair.one()), category(pair.other()));
        Resamples resamples = Resamples.draw(draws, clusters.count(), count);
        List<CategoryContrast> contrasts = new ArrayList<>();
        for (CurveKey key : keys) {
            List<TracedSample> its = traced(one, key);
            List<TracedSample> others = traced(other, key);
            if (!its.isEmpty() && !others.isEmpty()) {
                GroupContrast contrast = GroupContrast.of(
                        table(its, pair.one(), key, clusters), table(others, pair.other(), key, clusters));
                Bootstrap bootstrap = Bootstrap.of(contrast, resamples, rules);
                contrasts.add(contrast(pair, key, its.size(), others.size(), contrast, bootstrap));
            }
        }
        return contrasts;
    }

    private static List<TracedSample> traced(List<TracedSample> samples, CurveKey key) {
        return samples.stream()
                .filter(sample -> sample.curves().containsKey(key))
                .toList();
    }

    private ClusterTable table(List<TracedSample> its, Group group, CurveKey key, Clusters clusters) {
        List<CurveView> views = List.of(new CurveView(group, key, true, metric, false));
        ChangeRows rows =
                ChangeRows.of(its, TracedSample::curves, views, summary.data().layers());
        return ClusterTable.of(clusters.numbers(names(its)), clusters.count(), rows.centred());
    }

    private CategoryContrast contrast(
            Pair pair, CurveKey key, int n, int nOther, GroupContrast contrast, Bootstrap bootstrap) {
        double[] difference = contrast.differences();
        boolean[] acts = new boolean[difference.length];
        int strongest = -1;
        for (int layer = 0; layer < acts.length; layer++) {
            acts[layer] = summary.data().acts(key, layer);
            if (acts[layer] && (strongest < 0 || Math.abs(difference[layer]) > Math.abs(difference[strongest]))) {
                strongest = layer;
            }
        }
        Bounds bounds = Measure.CHANGE.bounds(asked.threshold(), false);
        int[] columns = IntStream.range(0, difference.length).toArray();
        return new CategoryContrast(
                category(pair.one()),
                category(pair.other()),
                key,
                n,
                nOther,
                contrast.present(),
                difference,
                contrast.errors(),
                bootstrap.curve(columns, acts, bounds.minus(bounds)),
                1,
                strongest);
    }

    private static String category(Group group) {
        return group.category().orElseThrow();
    }
}
