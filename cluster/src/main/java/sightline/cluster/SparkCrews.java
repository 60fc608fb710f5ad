package sightline.cluster;

import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.ExternalClusterManager;
import sightline.answering.Crew;
import sightline.answering.Crews;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** The crews that Spark's masters name. */
public final class SparkCrews implements Crews {
    /** The master that {@code spark-submit} was given. */
    static final String SUBMITTED = "submitted";

    private static final String CARDS = "spark.task.resource.gpu.amount";

    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})(, *[1-9]\\d{0,2})?])?");
    private static final Pattern STANDALONE = Pattern.compile("spark://[^/]+:\\d+(,[^/]+:\\d+)*");

    @Override
    public Crew of(String cluster) {
        SparkConf conf = new SparkConf();
        if (cluster.equals(SUBMITTED)) {
            if (!conf.contains("spark.master")) {
                throw new InputException(
                        "--cluster",
                        "is 'submitted', but this was not started by spark-submit",
                        "a master, for example local[2] or spark://HOST:7077",
                        "docs/cluster.md has the commands");
            }
        } else if (LOCAL.matcher(cluster).matches()
                || STANDALONE.matcher(cluster).matches()
                || isManaged(cluster)) {
            conf.setMaster(cluster);
        } else {
            boolean known = cluster.equals("yarn") || cluster.startsWith("k8s://");
            throw new InputException(
                    "--cluster",
                    "is '" + cluster + "', "
                            + (known
                                    ? "which the Spark of this class path cannot reach"
                                    : "which is no master of Spark's"),
                    "local[2], spark://HOST:7077, or submitted",
                    (known ? "Give that master to the spark-submit of a whole Spark, and submitted here; " : "")
                            + "docs/cluster.md has the commands");
        }
        return new SparkCrew(conf);
    }

    /** Whether there is a part of Spark for that manager of clusters; YARN's and Kubernetes' come with a whole Spark. */
    private static boolean isManaged(String master) {
        return ServiceLoader.load(ExternalClusterManager.class).stream()
                .anyMatch(manager -> manager.get().canCreate(master));
    }

    @Override
    public ComputeDevice.Kind devices() {
        String amount = new SparkConf().get(CARDS, "0");
        double cards;
        try {
            cards = Double.parseDouble(amount);
        } catch (NumberFormatException e) {
            throw new InputException(
                    CARDS, "is '" + amount + "'", "a number, for example 0.25", "Mend that setting", e);
        }
        return cards > 0 ? ComputeDevice.Kind.CUDA : ComputeDevice.Kind.CPU;
    }
}
