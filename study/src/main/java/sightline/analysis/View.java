package sightline.analysis;

import java.util.Objects;

/**
 * Which samples are looked at, and how.
 *
 * @param category or {@link #ALL}
 * @param key what was cut
 * @param thresholded whether samples below the threshold are left out
 * @param metric which probability
 * @param clipped whether rises count as 0
 */
public record View(String category, CurveKey key, boolean thresholded, Metric metric, boolean clipped) {
    /** All samples of a dataset, each once. */
    public static final String ALL = "all categories";

    public View {
        Objects.requireNonNull(category);
        Objects.requireNonNull(key);
        Objects.requireNonNull(metric);
    }
}
