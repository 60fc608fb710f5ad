package sightline.analysis;

import java.util.Objects;

/**
 * Which samples are looked at, and how.
 *
 * @param group of samples
 * @param key what was cut
 * @param thresholded whether samples below the threshold are left out
 * @param metric which probability
 * @param clipped whether rises count as 0
 */
public record CurveView(Group group, CurveKey key, boolean thresholded, Metric metric, boolean clipped) {
    public CurveView {
        Objects.requireNonNull(group);
        Objects.requireNonNull(key);
        Objects.requireNonNull(metric);
    }
}
