package sightline.analysis;

import java.util.List;
import java.util.Objects;

/**
 * Everything that a report tells.
 *
 * @param summaries datasets, in the order of the report
 * @param settings of all of them
 */
public record StudySummary(List<DatasetSummary> summaries, SummarySettings settings) {
    public StudySummary {
        summaries = List.copyOf(summaries);
        Objects.requireNonNull(settings);
    }

    /**
     * Computes all curves and their statistics.
     *
     * @throws sightline.error.InputException if a dataset cannot be clustered as wanted
     */
    public static StudySummary of(List<TracedDataset> datasets, SummarySettings settings) {
        List<DatasetSummary> summaries =
                datasets.stream().map(data -> DatasetSummary.of(data, settings)).toList();
        return new StudySummary(summaries, settings);
    }

    /** The threshold on q. */
    public double threshold() {
        return settings.threshold();
    }

    /** The metric that figures and tables show. */
    public Metric metric() {
        return settings.metric();
    }

    /** The clipping that figures and tables show. */
    public Clipping clipping() {
        return settings.clipping();
    }
}
