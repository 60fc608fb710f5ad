package sightline.option;

import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.analysis.Clustering;
import sightline.statistics.IntervalKind;

/** What a report's intervals are made of. */
public final class IntervalOptions {
    @Option(
            names = "--clusters",
            paramLabel = "BY",
            description = "Which samples are not independent of one another: those on one image, on one document, or"
                    + " none. By default documents in DocVQA, else images. Not to be confused with --cluster MASTER, a"
                    + " Spark cluster.")
    private String clusters;

    @Option(
            names = "--interval",
            defaultValue = "studentised",
            paramLabel = "KIND",
            description =
                    "The 95%% intervals: studentised (default), or percentile, which is too narrow for few clusters.")
    private String interval;

    /** Which samples belong together; empty for what is usual in each dataset. */
    public Optional<Clustering> clusters() {
        return Optional.ofNullable(clusters).map(value -> Options.oneOf("--clusters", value, Clustering.values()));
    }

    /** How bands come out of resamples. */
    public IntervalKind interval() {
        return Options.oneOf("--interval", interval, IntervalKind.values());
    }
}
