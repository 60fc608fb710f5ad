package sightline.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mean curves of a dataset under every view: categories, what was cut, with and without the threshold, both metrics, with
 * and without clipping.
 */
public final class DatasetSummary {
    private static final MeanCurve NOTHING = new MeanCurve(0, new double[0], new double[0], new double[0]);

    private final TracedDataset data;
    private final double threshold;
    private final List<Group> groups;
    private final Set<CurveKey> keys;
    private final Map<CurveView, MeanCurve> curves = new HashMap<>();

    private DatasetSummary(TracedDataset data, double threshold) {
        this.data = data;
        this.threshold = threshold;
        this.groups = new ArrayList<>(List.of(Group.all()));
        data.categories().forEach(category -> groups.add(Group.of(category)));
        this.keys = data.keys();
    }

    /**
     * Computes all views.
     *
     * @param threshold that q = p + 1e-5 must reach; 0 keeps all samples
     */
    public static DatasetSummary of(TracedDataset data, double threshold, Bootstrap bootstrap) {
        DatasetSummary summary = new DatasetSummary(data, threshold);
        for (Group group : summary.groups) {
            for (boolean thresholded : new boolean[] {true, false}) {
                List<TracedSample> samples = summary.samples(group, thresholded);
                for (CurveKey key : summary.keys) {
                    summary.add(group, thresholded, samples, key, bootstrap);
                }
            }
        }
        return summary;
    }

    /** The dataset. */
    public TracedDataset data() {
        return data;
    }

    /** The threshold on q. */
    public double threshold() {
        return threshold;
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
                .filter(sample -> !thresholded || sample.kept(threshold))
                .toList();
    }

    /**
     * The mean curve of a view; with n = 0 if it has no sample.
     *
     * @throws IllegalArgumentException if there is no such view
     */
    public MeanCurve curve(CurveView view) {
        MeanCurve curve = curves.get(view);
        if (curve == null) {
            throw new IllegalArgumentException("no curve for " + view);
        }
        return curve;
    }

    /** The mean curve of samples above the threshold under a metric and a clipping. */
    public MeanCurve curve(Group group, CurveKey key, Metric metric, Clipping clipping) {
        return curve(new CurveView(group, key, true, metric, clipping.clips(data.dataset(), key.pathway())));
    }

    /** All metrics and clippings of one curve share their resamples, and so are columns of one table. */
    private void add(Group group, boolean thresholded, List<TracedSample> all, CurveKey key, Bootstrap bootstrap) {
        List<TracedSample> samples =
                all.stream().filter(sample -> sample.curves().containsKey(key)).toList();
        List<CurveView> views = new ArrayList<>();
        for (Metric metric : metrics()) {
            views.add(new CurveView(group, key, thresholded, metric, false));
            views.add(new CurveView(group, key, thresholded, metric, true));
        }
        if (samples.isEmpty()) {
            views.forEach(view -> curves.put(view, NOTHING));
            return;
        }
        int layers = data.layers();
        double[][] rows = new double[samples.size()][views.size() * layers];
        for (int i = 0; i < rows.length; i++) {
            for (int v = 0; v < views.size(); v++) {
                changes(samples.get(i), views.get(v), rows[i], v * layers);
            }
        }
        DistinctColumns columns = DistinctColumns.distinct(rows);
        double[] mean = columns.spread(DistinctColumns.mean(columns.rows()));
        double[][] interval = bootstrap.intervals(columns.rows());
        double[] low = columns.spread(interval[0]);
        double[] high = columns.spread(interval[1]);
        for (int v = 0; v < views.size(); v++) {
            int from = v * layers;
            curves.put(
                    views.get(v), new MeanCurve(rows.length, slice(mean, from), slice(low, from), slice(high, from)));
        }
    }

    private double[] slice(double[] values, int from) {
        return Arrays.copyOfRange(values, from, from + data.layers());
    }

    private static void changes(TracedSample sample, CurveView view, double[] row, int from) {
        double[] product = sample.curves().get(view.key());
        double reference = Change.reference(view.metric().of(sample.probability(), sample.tokens()));
        for (int layer = 0; layer < product.length; layer++) {
            double change = Change.percent(view.metric().of(product[layer], sample.tokens()), reference);
            row[from + layer] = view.clipped() ? Math.min(0, change) : change;
        }
    }
}
