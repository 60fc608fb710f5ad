package sightline.analysis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The changes of samples under one cut.
 *
 * @param centred [sample][view · L + layer], in percent: 0 if nothing changes
 * @param published [view][layer] mean of the published change
 */
@SuppressWarnings("ArrayRecordComponent")
record ChangeRows(double[][] centred, double[][] published) {
    /**
     * Changes side by side.
     *
     * @param curves of a sample: its own, or its controls'
     * @param views of one cut
     */
    static ChangeRows of(
            List<TracedSample> samples,
            Function<TracedSample, Map<CurveKey, double[]>> curves,
            List<CurveView> views,
            int layers) {
        double[][] rows = new double[samples.size()][views.size() * layers];
        double[][] means = new double[views.size()][layers];
        for (int i = 0; i < rows.length; i++) {
            double[] product = curves.apply(samples.get(i)).get(views.get(0).key());
            for (int v = 0; v < means.length; v++) {
                add(samples.get(i), product, views.get(v), rows[i], v * layers, means[v]);
            }
        }
        for (double[] mean : means) {
            for (int layer = 0; layer < layers; layer++) {
                mean[layer] /= rows.length;
            }
        }
        return new ChangeRows(rows, means);
    }

    private static void add(
            TracedSample sample, double[] product, CurveView view, double[] row, int from, double[] sums) {
        Metric metric = view.metric();
        double uncut = metric.of(sample.probability(), sample.tokens());
        double reference = Change.reference(uncut);
        for (int layer = 0; layer < product.length; layer++) {
            double cut = metric.of(product[layer], sample.tokens());
            double published = Change.percent(cut, reference);
            double centred = Change.centred(cut, uncut);
            sums[layer] += view.clipped() ? Math.min(0, published) : published;
            row[from + layer] = view.clipped() ? Math.min(0, centred) : centred;
        }
    }
}
