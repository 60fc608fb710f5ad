package sightline.option;

import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.answering.Crew;
import sightline.answering.Crews;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** Whether others work on the samples. */
public final class ClusterOption {
    @Option(
            names = "--cluster",
            paramLabel = "MASTER",
            description = "Let a Spark cluster work: local[2] tries it with two threads of this process,"
                    + " spark://HOST:7077 is a standalone cluster; submitted is the one that spark-submit names, YARN and"
                    + " Kubernetes among them. Default: this process works.")
    private String cluster;

    /** Whether it is given. */
    public boolean isGiven() {
        return cluster != null;
    }

    /** The crew, if it is given. */
    public Optional<Crew> crew() {
        return isGiven() ? Optional.of(crews().of(cluster)) : Optional.empty();
    }

    /** On which kind of device the crew computes. */
    ComputeDevice.Kind devices() {
        return crews().devices();
    }

    private static Crews crews() {
        return Crews.installed()
                .orElseThrow(() -> new InputException(
                        "--cluster",
                        "needs Spark's jars, and they are not on the class path",
                        "the launcher ./sightline, which fetches them, or the jar for spark-submit",
                        "docs/cluster.md has the commands"));
    }
}
