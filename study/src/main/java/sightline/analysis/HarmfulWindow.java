package sightline.analysis;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import sightline.knockout.Window;

/**
 * Where cutting a pathway hurts most.
 *
 * @param layer in the window's middle
 * @param window the layers that are cut
 * @param change centred mean, in percent
 * @param low lower end of its 95 % interval that holds at all windows together; NaN without one
 * @param high upper end
 * @param agree share of resamples that find no lower window
 * @param significant whether this is more than chance
 * @param worstCategory where the same window hurts most, if there are categories
 * @param worstChange the mean there
 */
public record HarmfulWindow(
        int layer,
        Window window,
        double change,
        double low,
        double high,
        double agree,
        boolean significant,
        Optional<String> worstCategory,
        double worstChange) {
    /** Windows that hold the same layers may differ by rounding alone. */
    private static final double FLAT = 1e-9;

    public HarmfulWindow {
        Objects.requireNonNull(window);
        Objects.requireNonNull(worstCategory);
    }

    /**
     * The window of a group's lowest mean; empty if the group has no sample, the pathway acts nowhere, or the mean falls too
     * little to be called harm.
     */
    public static Optional<HarmfulWindow> of(
            DatasetSummary summary, Group group, CurveKey key, Metric metric, Clipping clipping) {
        MeanCurve curve = summary.curve(group, key, metric, clipping);
        int layer = curve.worst();
        if (layer < 0 || curve.mean()[layer] > -Measure.CHANGE.least()) {
            return Optional.empty();
        }
        Optional<String> worst = Optional.empty();
        double change = Double.POSITIVE_INFINITY;
        for (String category : summary.data().categories()) {
            MeanCurve there = summary.curve(Group.of(category), key, metric, clipping);
            if (there.n() > 0 && there.mean()[layer] < change) {
                worst = Optional.of(category);
                change = there.mean()[layer];
            }
        }
        return Optional.of(new HarmfulWindow(
                layer,
                Window.around(layer, key.k(), summary.data().layers()),
                curve.mean()[layer],
                curve.statistics().lowAll()[layer],
                curve.statistics().highAll()[layer],
                curve.statistics().agree()[layer],
                curve.significant()[layer],
                worst,
                change));
    }

    /** The layer in which a measure's means tell of the most harm; −1 without one. */
    static int layer(TracedDataset data, CurveKey key, Measure measure, double[] mean) {
        return lowest(
                data,
                key,
                measure.harmRaises() ? Arrays.stream(mean).map(v -> -v).toArray() : mean);
    }

    /** The layer of the lowest value among those whose window acts, midway on a flat stretch; −1 without one. */
    public static int lowest(TracedDataset data, CurveKey key, double[] mean) {
        int first = -1;
        for (int layer = 0; layer < mean.length; layer++) {
            if (data.acts(key, layer) && (first < 0 || mean[layer] < mean[first] - FLAT)) {
                first = layer;
            }
        }
        int last = first;
        while (first >= 0
                && last + 1 < mean.length
                && data.acts(key, last + 1)
                && mean[last + 1] <= mean[first] + FLAT) {
            last++;
        }
        return first < 0 ? -1 : (first + last) / 2;
    }
}
