package sightline.analysis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The curves of all samples of a dataset under every setting. */
final class StabilityGrid {
    private static final List<Double> THRESHOLDS = List.of(0.0, 0.5, 0.9);

    /** What every run has. */
    private static final Set<Measure> MEASURES = EnumSet.of(Measure.CHANGE, Measure.FLIP, Measure.LOG_ODDS);

    private final DatasetSummary summary;
    private final Metric metric;
    private final GridSetting usual;
    private final List<GridSetting> settings = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    /** Curves of the samples that reach a threshold. */
    private record Level(double threshold, boolean thresholded, Function<CurveView, Optional<MeanCurve>> curves) {}

    private StabilityGrid(DatasetSummary summary, SummarySettings asked) {
        this.summary = summary;
        this.metric = summary.metrics().contains(asked.metric()) ? asked.metric() : Metric.PRODUCT;
        String masking = summary.keys().get(0).masking();
        this.usual = new GridSetting(
                Measure.CHANGE, asked.threshold(), asked.clipping(), CurveKey.usualSize(summary.keys()), masking);
        Set<Double> thresholds = new TreeSet<>(THRESHOLDS);
        thresholds.add(asked.threshold());
        thresholds.forEach(threshold -> levels.add(level(threshold, asked)));
        Set<Clipping> clippings = new LinkedHashSet<>(List.of(asked.clipping(), Clipping.NONE, Clipping.ALL));
        Set<Integer> sizes = new TreeSet<>();
        Set<String> maskings = new TreeSet<>();
        summary.keys().forEach(key -> {
            sizes.add(key.k());
            maskings.add(key.masking());
        });
        for (Measure measure : MEASURES) {
            for (double threshold : thresholds) {
                for (Clipping clipping : measure == Measure.CHANGE ? clippings : Set.of(asked.clipping())) {
                    for (int k : sizes) {
                        maskings.forEach(its -> settings.add(new GridSetting(measure, threshold, clipping, k, its)));
                    }
                }
            }
        }
    }

    /** Computes what the summary does not have yet; empty if nothing was cut. */
    static Optional<StabilityGrid> of(DatasetSummary summary, SummarySettings asked) {
        return summary.keys().isEmpty() ? Optional.empty() : Optional.of(new StabilityGrid(summary, asked));
    }

    private Level level(double threshold, SummarySettings asked) {
        boolean own = threshold == asked.threshold();
        if (own || threshold == 0) {
            return new Level(threshold, own, summary::find);
        }
        Map<CurveView, MeanCurve> curves = new GroupCurves(
                        summary, Group.all(), OptionalDouble.of(threshold), asked.interval())
                .curves(summary.keys(), MEASURES, List.of(metric));
        return new Level(threshold, true, view -> Optional.ofNullable(curves.get(view)));
    }

    /** The settings of figures and tables. */
    GridSetting usual() {
        return usual;
    }

    /** All settings, the usual ones among them. */
    List<GridSetting> settings() {
        return List.copyOf(settings);
    }

    /**
     * A pathway's curve; empty if it was not traced so, no sample is left, or it acts in no
     * window; also if another clipping changes nothing for it.
     */
    Optional<MeanCurve> curve(GridSetting setting, String pathway) {
        CurveKey key = new CurveKey(pathway, setting.k(), setting.masking());
        Level level = levels.stream()
                .filter(its -> its.threshold() == setting.threshold())
                .findFirst()
                .orElseThrow();
        boolean clipped = setting.clipping().clips(summary.data().dataset(), pathway);
        if (setting.clipping() != usual.clipping()
                && clipped == usual.clipping().clips(summary.data().dataset(), pathway)) {
            return Optional.empty(); // for this pathway it is the usual one over again
        }
        CurveView view = setting.measure() == Measure.CHANGE
                ? new CurveView(Group.all(), key, level.thresholded(), metric, clipped)
                : new CurveView(Group.all(), key, level.thresholded(), setting.measure());
        return level.curves().apply(view).filter(curve -> curve.worst() >= 0);
    }
}
