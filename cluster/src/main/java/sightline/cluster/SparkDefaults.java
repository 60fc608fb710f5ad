package sightline.cluster;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/** Settings of Spark's that this work is better with. What the user has set stays. */
final class SparkDefaults {
    /** Where the launcher has put Spark's jars; executors have their own. */
    private static final String SPARK_FOLDER = "sightline.spark";

    /** What the native engine must be told before it loads, as the launcher tells it (docs/engine.md). */
    private static final String JAVA_OPTIONS =
            "-Djava.awt.headless=true -Dai.djl.offline=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0";

    private static final List<String> ENVIRONMENT = List.of(
            "OMP_WAIT_POLICY",
            "THP_MEM_ALLOC_ENABLE",
            "OPT_OUT_TRACKING",
            "MALLOC_ARENA_MAX",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_");

    private SparkDefaults() {}

    static SparkConf in(SparkConf conf) {
        conf.setIfMissing("spark.app.name", "sightline");
        conf.setIfMissing("spark.ui.enabled", "false"); // needs a port, and progress is told on the terminal
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.log.level", "WARN");
        conf.setIfMissing("spark.executor.defaultJavaOptions", JAVA_OPTIONS);
        for (String name : ENVIRONMENT) {
            Optional.ofNullable(System.getenv(name))
                    .ifPresent(value -> conf.setIfMissing("spark.executorEnv." + name, value));
        }
        conf.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // as scripts/spark-cards counts
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
