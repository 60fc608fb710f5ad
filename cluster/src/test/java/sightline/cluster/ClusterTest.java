package sightline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's samples traced by Spark, as processes: the run's folder is that of a local run, whatever happens meanwhile. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against hanging
class ClusterTest {
    private static final int ASKED = 66;
    private static final int SAMPLES = 60;

    /** As the launcher says where Spark's jars are; here they are of one class path, and executors get all of it. */
    private static final List<String> ON_LOOPBACK = List.of(
            "-Dsightline.spark=/none/",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.executor.memory=1g");

    @TempDir
    private static Path folder;

    private static ClusterFiles files;
    private static TreeMap<Long, JsonNode> expected;
    private static String curves;

    @BeforeAll
    static void traceHere() throws Exception {
        files = ClusterFiles.ofDemo(folder, ASKED);
        assertThat(files.trace("here", List.of()).waitFor())
                .as(files.err("here"))
                .isZero();
        expected = files.finished("here");
        assertThat(expected).hasSizeGreaterThanOrEqualTo(SAMPLES);
        curves = files.curves("here");
    }

    private static void requireSame(String run) throws Exception {
        assertThat(files.finished(run)).isEqualTo(expected);
        assertThat(files.curves(run)).isEqualTo(curves);
    }

    private static List<String> onLoopback(Path events, String... more) {
        List<String> options = new ArrayList<>(ON_LOOPBACK);
        options.addAll(TaskEvents.into(events));
        options.addAll(List.of(more));
        return options;
    }

    /** Waits until something is so, or a process has ended. */
    private static void await(Process process, Callable<Boolean> is) throws Exception {
        while (process.isAlive() && !is.call()) {
            Thread.sleep(20);
        }
    }

    @Test
    void twoThreadsOfOneProcess() throws Exception {
        Process process = files.trace("local", List.of(), "--cluster", "local[2]", "--verify", "3");
        assertThat(process.waitFor()).as(files.err("local")).isZero();
        assertThat(files.err("local"))
                .contains("verified 3 with the naive sweep")
                .doesNotContain("INFO", "WARN", "SLF4J");
        requireSame("local");
    }

    @Test
    void answersAreThoseOfALocalRun() throws Exception {
        Process here = files.answer("here.json");
        assertThat(here.waitFor()).as(files.err("here.json")).isZero();
        Process there = files.answer("there.json", "--cluster", "local[2]");
        assertThat(there.waitFor()).as(files.err("there.json")).isZero();
        assertThat(folder.resolve("there.json")).hasSameBinaryContentAs(folder.resolve("here.json"));
        assertThat(folder.resolve("there.json")).content().contains("\"answer\"");
    }

    @Test
    void aStandaloneClusterWhoseWorkerIsKilled() throws Exception {
        try (Standalone cluster = new Standalone(files)) {
            cluster.addWorker();
            cluster.addWorker();
            aWorkerIsKilledWithATaskInHand(cluster);
            cluster.addWorker();
            aDriverIsKilledAndAnotherGoesOnWithSpeculation(cluster);
            sparkSubmitNamesTheMaster(cluster);
        }
    }

    /** Holds one of two executors where it is, with a task in hand, and waits until the other works; returns its worker. */
    private static int heldWithATask(Standalone cluster, Process driver, Path events) throws Exception {
        await(driver, () -> TaskEvents.busy(events, "0") || TaskEvents.busy(events, "1"));
        String held = TaskEvents.busy(events, "0") ? "0" : "1";
        int worker = cluster.workerOf(held);
        cluster.stop(worker); // if it had just ended a task, it is given the next
        await(driver, () -> TaskEvents.busy(events, held) && TaskEvents.busy(events, held.equals("0") ? "1" : "0"));
        return worker;
    }

    private static void aWorkerIsKilledWithATaskInHand(Standalone cluster) throws Exception {
        Path events = folder.resolve("killed.events");
        Process process = files.trace("killed", onLoopback(events), "--cluster", cluster.master());
        cluster.kill(heldWithATask(cluster, process, events));
        assertThat(process.waitFor())
                .as(files.err("killed") + cluster.executorLogs())
                .isZero();
        assertThat(TaskEvents.count(events, "end", "ExecutorLostFailure")).isPositive();
        requireSame("killed");
    }

    private static void aDriverIsKilledAndAnotherGoesOnWithSpeculation(Standalone cluster) throws Exception {
        Process first = files.trace("driver", ON_LOOPBACK, "--cluster", cluster.master());
        await(first, () -> !files.finished("driver").isEmpty());
        first.destroyForcibly().waitFor();
        assertThat(files.finished("driver").size()).isBetween(1, expected.size() - 1);

        Path events = folder.resolve("driver.events");
        List<String> speculating = onLoopback(
                events,
                "-Dspark.speculation=true",
                "-Dspark.speculation.interval=10ms",
                "-Dspark.speculation.quantile=0.1",
                "-Dspark.speculation.multiplier=1.5");
        Process second = files.trace("driver", speculating, "--cluster", cluster.master());
        int held = heldWithATask(cluster, second, events);
        await(second, () -> TaskEvents.count(events, "start", "speculative") > 0);
        cluster.goOn(held); // and now both end the same task
        assertThat(second.waitFor())
                .as(files.err("driver") + cluster.executorLogs())
                .isZero();
        assertThat(TaskEvents.count(events, "start", "speculative")).isPositive();
        requireSame("driver");
    }

    private static void sparkSubmitNamesTheMaster(Standalone cluster) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
        arguments.addAll(List.of("--master", cluster.master(), "--class", "sightline.app.Sightline"));
        arguments.addAll(List.of("--conf", "spark.executor.extraClassPath=" + ClusterFiles.classPath()));
        arguments.addAll(List.of("--conf", "spark.driver.host=127.0.0.1", "--executor-memory", "1g", "spark-internal"));
        arguments.addAll(files.traceArguments("submitted", "--cluster", "submitted"));
        Process process = files.java("submitted", cluster.environment(), arguments);
        assertThat(process.waitFor())
                .as(files.err("submitted") + cluster.executorLogs())
                .isZero();
        requireSame("submitted");
    }
}
