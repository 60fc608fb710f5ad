package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** Runs that end in the middle, as processes of their own. {@code -Dsightline.kills=50} kills so many times. */
class KilledRunTest {
    private static final int SAMPLES = 60;
    private static final int KILLS = Integer.getInteger("sightline.kills", 6);

    @TempDir
    private Path folder;

    private TraceFiles files;
    private Path err;

    @BeforeEach
    void make() throws IOException {
        files = TraceFiles.make(folder, SAMPLES);
        err = folder.resolve("stderr");
    }

    private static void awaitLines(Path run, int lines, Process process) throws Exception {
        while (process.isAlive() && TraceFiles.finished(run).size() < lines) {
            Thread.sleep(5);
        }
    }

    @Test
    void killedAtAnyMomentItLosesAndDoublesNothing() throws Exception {
        long begin = System.nanoTime();
        Process whole = files.start(folder.resolve("whole"), err);
        assertThat(whole.waitFor()).as(Files.readString(err)).isZero();
        long full = System.nanoTime() - begin;
        TreeMap<Long, JsonNode> expected = TraceFiles.finished(folder.resolve("whole"));
        assertThat(expected).hasSize(SAMPLES);

        Random random = new Random(5);
        int kills = 0;
        int runs = 1;
        int midway = 0;
        while (kills < KILLS) {
            Path run = folder.resolve("run" + runs);
            int before = TraceFiles.finished(run).size();
            Process process = files.start(run, err);
            boolean ended = process.waitFor(random.nextLong(full), TimeUnit.NANOSECONDS);
            process.destroyForcibly(); // SIGKILL
            int status = process.waitFor();
            TreeMap<Long, JsonNode> now = TraceFiles.finished(run);
            assertThat(now.size()).as("what was finished stays").isGreaterThanOrEqualTo(before);
            now.forEach((id, sample) -> assertThat(sample).isEqualTo(expected.get(id)));
            if (ended) {
                assertThat(status).as(Files.readString(err)).isZero();
                assertThat(now).isEqualTo(expected);
                runs++;
            } else {
                kills++;
                midway += now.size() > before && now.size() < SAMPLES ? 1 : 0;
            }
        }
        CommandRun last = files.trace(folder.resolve("run" + runs));
        assertThat(last.status()).as(last.err()).isZero();
        assertThat(TraceFiles.finished(folder.resolve("run" + runs))).isEqualTo(expected);
        assertThat(folder.resolve("run" + runs).resolve("results.parquet")).isNotEmptyFile();
        Files.writeString(
                Path.of("target", "kills.txt"),
                kills + " kills, " + midway + " of them while samples were being written, over " + runs
                        + " runs; a run takes " + full / 1_000_000 + " ms\n");
    }

    @Test
    void askedToEndItFinishesTheSampleInHandAndKeepsOthersOut() throws Exception {
        Path run = folder.resolve("run");
        Process process = files.start(run, err);
        awaitLines(run, 1, process);

        CommandRun second = files.trace(run);
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err())
                .contains("another process is tracing into this run")
                .hasLineCount(1);

        process.destroy(); // SIGTERM; Ctrl-C goes the same way
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        int done = TraceFiles.finished(run).size();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(err))
                .contains("stopping after the sample in hand")
                .contains(
                        "stopped after " + done + " of " + SAMPLES + " samples. The same command goes on from there.");
        assertThat(Files.readString(run.resolve("samples.jsonl"))).endsWith("}\n");
        assertThat(run.resolve("results.parquet")).doesNotExist();

        CommandRun rest = files.trace(run);
        assertThat(rest.status()).as(rest.err()).isZero();
        assertThat(rest.out()).contains(SAMPLES + " of " + SAMPLES + " samples traced");
        assertThat(TraceFiles.finished(run)).hasSize(SAMPLES);
    }
}
