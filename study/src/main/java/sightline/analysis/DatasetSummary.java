package sightline.analysis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Mean curves of a dataset under every view: categories, what was cut, with and without the threshold, both metrics, with
 * and without clipping; and of the other measures for samples that the threshold keeps.
 */
public final class DatasetSummary {
    private final TracedDataset data;
    private final SummarySettings settings;
    private final Clustering clustering;
    private final List<Group> groups;
    private final Set<CurveKey> keys;
    private final Map<CurveView, MeanCurve> curves = new HashMap<>();
    private final Map<Group, AdditionSummary> additions = new HashMap<>();
    private Optional<Stability> stability = Optional.empty();
    private List<CategoryContrast> contrasts = List.of();

    private DatasetSummary(TracedDataset data, SummarySettings settings, Clustering clustering) {
        this.data = data;
        this.settings = settings;
        this.clustering = clustering;
        this.groups = new ArrayList<>(List.of(Group.all()));
        data.categories().forEach(category -> groups.add(Group.of(category)));
        this.keys = data.keys();
    }

    /**
     * Computes all views.
     *
     * @throws sightline.error.InputException if the results cannot be clustered as wanted
     */
    public static DatasetSummary of(TracedDataset data, SummarySettings settings) {
        Clustering clustering = Clustering.of(data, settings.clusters());
        DatasetSummary summary = new DatasetSummary(data, settings, clustering);
        Set<Measure> every = EnumSet.allOf(Measure.class);
        for (Group group : summary.groups) {
            // without the threshold, other measures are asked for by Stability alone
            Set<Measure> measures = group.equals(Group.all()) ? every : EnumSet.of(Measure.CHANGE);
            GroupCurves kept = summary.add(group, OptionalDouble.of(settings.threshold()), settings, every);
            summary.additions.put(
                    group,
                    GroupAdditions.of(
                            kept.draws(),
                            summary.keys(),
                            key -> summary.worst(group, key),
                            summary.data().layers(),
                            settings.threshold()));
            summary.add(group, OptionalDouble.empty(), settings, measures);
        }
        summary.stability = Stability.of(summary, settings);
        summary.contrasts = CategoryContrasts.of(summary, settings);
        return summary;
    }

    private GroupCurves add(Group group, OptionalDouble least, SummarySettings settings, Set<Measure> measures) {
        GroupCurves its = new GroupCurves(this, group, least, settings.interval());
        curves.putAll(its.curves(keys(), measures, metrics()));
        return its;
    }

    /** The dataset. */
    public TracedDataset data() {
        return data;
    }

    /** The threshold on q. */
    public double threshold() {
        return settings.threshold();
    }

    /** What the axis under curves counts. */
    public LayerScale scale() {
        return settings.scale();
    }

    /** Which samples belong together. */
    public Clustering clustering() {
        return clustering;
    }

    /** {@link Group#all}, then the categories. */
    public List<Group> groups() {
        return List.copyOf(groups);
    }

    /** All that was cut, sorted. */
    public List<CurveKey> keys() {
        return List.copyOf(keys);
    }

    /** The metrics that these results allow. */
    public List<Metric> metrics() {
        return data.tokensKnown() ? List.of(Metric.values()) : List.of(Metric.PRODUCT);
    }

    /** Samples of a group. */
    public List<TracedSample> samples(Group group, boolean thresholded) {
        return data.samples().stream()
                .filter(group::has)
                .filter(sample -> !thresholded || sample.kept(threshold()))
                .toList();
    }

    /**
     * The mean curve of a view; with n = 0 if it has no sample.
     *
     * @throws IllegalArgumentException if there is no such view
     */
    public MeanCurve curve(CurveView view) {
        return find(view).orElseThrow(() -> new IllegalArgumentException("no curve for " + view));
    }

    /** The same; empty if there is no such view, such as of a measure that no sample tells. */
    public Optional<MeanCurve> find(CurveView view) {
        return Optional.ofNullable(curves.get(view));
    }

    /** What holds under other settings; empty if there are too few. */
    public Optional<Stability> stability() {
        return stability;
    }

    /** How categories differ, by cut and pair: of changes before clipping, above the threshold, at the usual window size. */
    public List<CategoryContrast> contrasts() {
        return contrasts;
    }

    private int worst(Group group, CurveKey key) {
        return curve(new CurveView(group, key, true, Metric.PRODUCT, false)).worst();
    }

    /**
     * What was traced beside the curves of a group's samples above the threshold.
     *
     * @throws IllegalArgumentException if there is no such group
     */
    public AdditionSummary additions(Group group) {
        AdditionSummary its = additions.get(group);
        if (its == null) {
            throw new IllegalArgumentException("no group " + group.label());
        }
        return its;
    }

    /** The mean curve of samples above the threshold under a metric and a clipping, corrected for the pathways beside it. */
    public MeanCurve curve(Group group, CurveKey key, Metric metric, Clipping clipping) {
        return curve(group, key, true, metric, clipping);
    }

    /** The same of all samples, or of those above the threshold. */
    public MeanCurve curve(Group group, CurveKey key, boolean thresholded, Metric metric, Clipping clipping) {
        Function<CurveKey, CurveView> view = other ->
                new CurveView(group, other, thresholded, metric, clipping.clips(data.dataset(), other.pathway()));
        List<CurveKey> family = keys.stream()
                .filter(other -> other.k() == key.k() && other.masking().equals(key.masking()))
                .toList();
        MeanCurve curve = curve(view.apply(key));
        int place = family.indexOf(key);
        boolean mixed = family.stream()
                        .map(other -> view.apply(other).clipped())
                        .distinct()
                        .count()
                > 1;
        if (place < 0 || !mixed) {
            return curve; // corrected already: it was summed up beside the others
        }
        double[] holm =
                GroupCurves.holm(family.stream().map(view).map(this::curve).toList());
        return curve.corrected(holm[place], Measure.CHANGE);
    }
}
