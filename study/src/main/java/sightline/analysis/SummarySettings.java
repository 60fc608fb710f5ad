package sightline.analysis;

import java.util.Objects;
import java.util.Optional;
import sightline.statistics.IntervalKind;

/**
 * How results are summed up.
 *
 * @param threshold that q = p + 1e-5 must reach; 0 keeps all samples
 * @param metric that figures and tables show
 * @param clipping that figures and tables show
 * @param clusters which samples belong together; empty for the widest that each dataset's results allow
 * @param interval of the bands
 * @param scale that the axis under curves has
 */
public record SummarySettings(
        double threshold,
        Metric metric,
        Clipping clipping,
        Optional<Clustering> clusters,
        IntervalKind interval,
        LayerScale scale) {
    public SummarySettings {
        Objects.requireNonNull(metric);
        Objects.requireNonNull(clipping);
        Objects.requireNonNull(clusters);
        Objects.requireNonNull(interval);
        Objects.requireNonNull(scale);
    }

    /** As published, with the usual statistics. */
    public static SummarySettings usual() {
        return of(0.5, Metric.PRODUCT, Clipping.NONE);
    }

    /** The same with other statistics. */
    public SummarySettings with(Optional<Clustering> otherClusters, IntervalKind otherInterval) {
        return new SummarySettings(threshold, metric, clipping, otherClusters, otherInterval, scale);
    }

    /** With the usual statistics. */
    public static SummarySettings of(double threshold, Metric metric, Clipping clipping) {
        return new SummarySettings(
                threshold, metric, clipping, Optional.empty(), IntervalKind.STUDENTISED, LayerScale.LAYERS);
    }
}
