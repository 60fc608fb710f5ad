package sightline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 60 samples traced by Spark, as processes: the run's folder is that of a local run, whatever happens meanwhile. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against hanging
class ClusterTest {
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
        files = ClusterFiles.make(folder, SAMPLES);
        assertThat(files.trace("here", List.of()).waitFor())
                .as(files.err("here"))
                .isZero();
        expected = files.finished("here");
        assertThat(expected).hasSize(SAMPLES);
        curves = files.curves("here");
    }

    private static void requireSame(String run) throws Exception {
        assertThat(files.finished(run)).isEqualTo(expected);
        assertThat(files.curves(run)).isEqualTo(curves);
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
        Process here = files.answer("here.json", 10);
        assertThat(here.waitFor()).as(files.err("here.json")).isZero();
        Process there = files.answer("there.json", 10, "--cluster", "local[2]");
        assertThat(there.waitFor()).as(files.err("there.json")).isZero();
        assertThat(folder.resolve("there.json")).hasSameBinaryContentAs(folder.resolve("here.json"));
        assertThat(folder.resolve("there.json")).content().contains("1009");
    }

    @Test
    void aStandaloneClusterWhoseWorkerIsKilled() throws Exception {
        try (Standalone cluster = new Standalone(files)) {
            cluster.addWorker();
            cluster.addWorker();
            Process process = files.trace("killed", ON_LOOPBACK, "--cluster", cluster.master());
            while (process.isAlive() && (files.finished("killed").isEmpty() || !cluster.works(1))) {
                Thread.sleep(20);
            }
            cluster.kill(1);
            assertThat(process.waitFor())
                    .as(files.err("killed") + cluster.executorLogs())
                    .isZero();
            requireSame("killed");

            cluster.addWorker();
            aDriverIsKilledAndAnotherGoesOn(cluster);
        }
    }

    private static void aDriverIsKilledAndAnotherGoesOn(Standalone cluster) throws Exception {
        Process first = files.trace("driver", ON_LOOPBACK, "--cluster", cluster.master());
        while (first.isAlive() && files.finished("driver").isEmpty()) {
            Thread.sleep(20);
        }
        first.destroyForcibly().waitFor();
        assertThat(files.finished("driver")).isNotEmpty();

        List<String> speculating = new ArrayList<>(ON_LOOPBACK);
        speculating.addAll(List.of(
                "-Dspark.speculation=true",
                "-Dspark.speculation.interval=10ms",
                "-Dspark.speculation.quantile=0.1",
                "-Dspark.speculation.multiplier=1.01",
                "-Dspark.speculation.minTaskRuntime=0ms"));
        Process second = files.trace("driver", speculating, "--cluster", cluster.master());
        assertThat(second.waitFor())
                .as(files.err("driver") + cluster.executorLogs())
                .isZero();
        requireSame("driver");
    }
}
