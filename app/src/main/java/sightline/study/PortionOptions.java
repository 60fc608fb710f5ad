package sightline.study;

import java.util.OptionalInt;
import picocli.CommandLine.Option;
import sightline.option.Options;
import sightline.run.Portion;
import sightline.run.Shard;

/** Which of a dataset's samples are traced. */
final class PortionOptions {
    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Trace the I-th of N parts only. Other processes may trace the others into the same folder.")
    private String shard;

    @Option(names = "--limit", paramLabel = "N", description = "Trace at most N samples.")
    private String limit;

    @Option(
            names = {"--start_idx", "--start-idx"},
            defaultValue = "0",
            paramLabel = "N",
            description = "Skip the first N samples of the dataset.")
    private String start;

    Portion portion() {
        return new Portion(
                Options.integer("--start_idx", start, 0, "100"),
                limit == null ? OptionalInt.empty() : OptionalInt.of(Options.integer("--limit", limit, 1, "100")),
                shard == null ? Shard.WHOLE : Shard.parse(shard));
    }
}
