package sightline.cluster;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/** Settings of Spark's that this work is better with. What the user has set stays. */
final class SparkDefaults {
    /** Where the launcher has put Spark's jars; executors have their own. */
    private static final String SPARK_FOLDER = "sightline.spark";

    private SparkDefaults() {}

    static SparkConf in(SparkConf conf) {
        conf.setIfMissing("spark.app.name", "sightline");
        conf.setIfMissing("spark.ui.enabled", "false"); // needs a port, and progress is told on the terminal
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Counts the results of all tasks together; here each goes to the disk as it comes.
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        // A sample takes as long on each machine: a copy of a slow task is a sample computed twice.
        conf.setIfMissing("spark.speculation", "false");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        } else if (System.getProperty(SPARK_FOLDER) != null) {
            // Started from a checkout, which every machine has at the same path. spark-submit sends its jar by itself.
            conf.setIfMissing("spark.executor.extraClassPath", ownClassPath());
        }
        return conf;
    }

    private static String ownClassPath() {
        String spark = System.getProperty(SPARK_FOLDER);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.startsWith(spark))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
