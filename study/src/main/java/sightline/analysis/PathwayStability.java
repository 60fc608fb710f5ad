package sightline.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import sightline.knockout.Window;

/**
 * What is left of a pathway's most harmful window under other settings. A window counts as one only if its mean tells of harm of
 * at least {@link Measure#least()}. NaN where nothing can be said.
 *
 * @param pathway its name
 * @param settings how many there are, the usual one among them
 * @param layer of the most harmful window under the usual setting; −1 if none counts
 * @param overlap share of the other settings whose most harmful window has a layer in common with the usual one
 * @param firstLayer the lowest of the settings' most harmful layers; −1 if none counts
 * @param lastLayer the highest
 * @param change mean under the usual setting, in percent, at its lowest window
 * @param least the lowest of the settings' lowest changes, in percent
 * @param most the highest of them
 * @param significant share of settings whose most harmful window counts and is significant
 * @param signChanges settings in which the cut around {@code layer} does good, of at least the measure's least size
 * @param axis along which alone the lowest change differs most from setting to setting; empty if along none
 * @param axisRange by how much, in points; 0 without an axis
 */
public record PathwayStability(
        String pathway,
        int settings,
        int layer,
        double overlap,
        int firstLayer,
        int lastLayer,
        double change,
        double least,
        double most,
        double significant,
        int signChanges,
        Optional<GridSetting.Axis> axis,
        double axisRange) {
    /** With fewer settings there is nothing to compare. */
    static final int FEWEST = 4;

    /** Windows that hold the same layers may differ by rounding alone. */
    private static final double ROUNDING = 1e-9;

    public PathwayStability {
        Objects.requireNonNull(pathway);
        Objects.requireNonNull(axis);
    }

    /** A pathway's; empty if the usual setting has no curve of it, or there are fewer than {@value #FEWEST} settings. */
    static Optional<PathwayStability> of(StabilityGrid grid, TracedDataset data, String pathway) {
        Map<GridSetting, MeanCurve> curves = new LinkedHashMap<>();
        grid.settings().forEach(setting -> grid.curve(setting, pathway).ifPresent(curve -> curves.put(setting, curve)));
        MeanCurve usual = curves.get(grid.usual());
        if (usual == null || curves.size() < FEWEST) {
            return Optional.empty();
        }
        int layer = counts(Measure.CHANGE, usual, usual.worst()) ? usual.worst() : -1;
        int overlapping = -1; // not the usual one
        int first = Integer.MAX_VALUE;
        int last = -1;
        int significant = 0;
        int signChanges = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<GridSetting, MeanCurve> entry : curves.entrySet()) {
            GridSetting setting = entry.getKey();
            MeanCurve curve = entry.getValue();
            int worst = curve.worst();
            Measure measure = setting.measure();
            if (counts(measure, curve, worst)) {
                first = Math.min(first, worst);
                last = Math.max(last, worst);
                significant += curve.significant()[worst] ? 1 : 0;
                overlapping += layer >= 0 && overlap(data, layer, grid.usual().k(), worst, setting.k()) ? 1 : 0;
            }
            if (layer >= 0 && measure.harm(curve.mean()[layer]) <= -measure.least()) {
                signChanges++;
            }
            if (measure == Measure.CHANGE) {
                least = Math.min(least, curve.mean()[worst]);
                most = Math.max(most, curve.mean()[worst]);
            }
        }
        Optional<GridSetting.Axis> axis = axis(curves, grid.usual());
        return Optional.of(new PathwayStability(
                pathway,
                curves.size(),
                layer,
                layer < 0 ? Double.NaN : overlapping / (curves.size() - 1.0),
                last < 0 ? -1 : first,
                last,
                usual.mean()[usual.worst()],
                least,
                most,
                (double) significant / curves.size(),
                signChanges,
                axis,
                axis.map(its -> range(curves, grid.usual(), its)).orElse(0.0)));
    }

    /** Harm at a curve's most harmful window: what pathways are ordered by. */
    static OptionalDouble harm(StabilityGrid grid, GridSetting setting, String pathway) {
        return grid.curve(setting, pathway)
                .map(curve -> OptionalDouble.of(setting.measure().harm(curve.mean()[curve.worst()])))
                .orElse(OptionalDouble.empty());
    }

    private static boolean counts(Measure measure, MeanCurve curve, int layer) {
        return measure.harm(curve.mean()[layer]) >= measure.least();
    }

    private static boolean overlap(TracedDataset data, int one, int k, int other, int otherK) {
        Window window = Window.around(one, k, data.layers());
        Window its = Window.around(other, otherK, data.layers());
        return window.first() <= its.last() && its.first() <= window.last();
    }

    private static Optional<GridSetting.Axis> axis(Map<GridSetting, MeanCurve> curves, GridSetting usual) {
        GridSetting.Axis widest = null;
        double range = ROUNDING;
        for (GridSetting.Axis axis : List.of(GridSetting.Axis.values())) {
            if (range(curves, usual, axis) > range) {
                widest = axis;
                range = range(curves, usual, axis);
            }
        }
        return Optional.ofNullable(widest);
    }

    /** Between the lowest changes of settings that are the usual one but along an axis. */
    private static double range(Map<GridSetting, MeanCurve> curves, GridSetting usual, GridSetting.Axis axis) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<GridSetting, MeanCurve> entry : curves.entrySet()) {
            if (entry.getKey().differsAlongOnly(axis, usual)) {
                double change = entry.getValue().mean()[entry.getValue().worst()];
                least = Math.min(least, change);
                most = Math.max(most, change);
            }
        }
        return most - least;
    }
}
