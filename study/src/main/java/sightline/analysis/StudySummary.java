package sightline.analysis;

import java.util.List;
import java.util.Objects;

/**
 * Everything that a report tells.
 *
 * @param summaries datasets, in the order of the report
 * @param threshold that q = p + 1e-5 must reach; 0 keeps all samples
 * @param metric that figures and tables show
 * @param clipping that figures and tables show
 */
public record StudySummary(List<DatasetSummary> summaries, double threshold, Metric metric, Clipping clipping) {
    public StudySummary {
        summaries = List.copyOf(summaries);
        Objects.requireNonNull(metric);
        Objects.requireNonNull(clipping);
    }

    /** Computes all curves and their intervals. */
    public static StudySummary of(
            List<TracedDataset> datasets, double threshold, Metric metric, Clipping clipping, Bootstrap bootstrap) {
        List<DatasetSummary> summaries = datasets.stream()
                .map(data -> DatasetSummary.of(data, threshold, bootstrap))
                .toList();
        return new StudySummary(summaries, threshold, metric, clipping);
    }
}
