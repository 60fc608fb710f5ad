package sightline.cluster;

import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import sightline.answering.Crew;
import sightline.answering.Crews;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** The crews that Spark's masters name. */
public final class SparkCrews implements Crews {
    /** The master that {@code spark-submit} was given. */
    static final String SUBMITTED = "submitted";

    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})(, *[1-9]\\d{0,2})?])?");
    private static final Pattern STANDALONE = Pattern.compile("spark://[^/]+:\\d+(,[^/]+:\\d+)*");
    private static final Pattern KUBERNETES = Pattern.compile("k8s://.+");

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
        } else if (isMaster(cluster)) {
            conf.setMaster(cluster);
        } else {
            throw new InputException(
                    "--cluster",
                    "is '" + cluster + "', which is no master of Spark's",
                    "local[2], spark://HOST:7077, yarn, k8s://https://HOST:PORT, or submitted",
                    "docs/cluster.md has the commands");
        }
        return new SparkCrew(conf);
    }

    private static boolean isMaster(String name) {
        return LOCAL.matcher(name).matches()
                || STANDALONE.matcher(name).matches()
                || KUBERNETES.matcher(name).matches()
                || name.equals("yarn");
    }

    @Override
    public ComputeDevice.Kind devices() {
        double cards = new SparkConf().getDouble("spark.task.resource.gpu.amount", 0);
        return cards > 0 ? ComputeDevice.Kind.CUDA : ComputeDevice.Kind.CPU;
    }
}
