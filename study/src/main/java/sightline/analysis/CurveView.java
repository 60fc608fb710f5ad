package sightline.analysis;

import java.util.Objects;

/**
 * Which samples are looked at, and how.
 *
 * @param group of samples
 * @param key what was cut
 * @param thresholded whether samples below the threshold are left out
 * @param measure what is told of an answer
 * @param metric which probability a change is of; {@link Metric#PRODUCT} for other measures, which know no other
 * @param clipped whether rises count as 0; never for other measures than change
 */
public record CurveView(
        Group group, CurveKey key, boolean thresholded, Measure measure, Metric metric, boolean clipped) {
    /**
     * A view.
     *
     * @throws IllegalArgumentException if another measure than change is to be clipped, or of another metric
     */
    public CurveView {
        Objects.requireNonNull(group);
        Objects.requireNonNull(key);
        if (measure != Measure.CHANGE && (metric != Metric.PRODUCT || clipped)) {
            throw new IllegalArgumentException(measure + " knows neither metrics nor clipping");
        }
        Objects.requireNonNull(metric);
    }

    /** Of the change of probability. */
    public CurveView(Group group, CurveKey key, boolean thresholded, Metric metric, boolean clipped) {
        this(group, key, thresholded, Measure.CHANGE, metric, clipped);
    }

    /** Of a measure, as it is. */
    public CurveView(Group group, CurveKey key, boolean thresholded, Measure measure) {
        this(group, key, thresholded, measure, Metric.PRODUCT, false);
    }

    /** The same, in which rises count. */
    CurveView unclipped() {
        return new CurveView(group, key, thresholded, measure, metric, false);
    }
}
