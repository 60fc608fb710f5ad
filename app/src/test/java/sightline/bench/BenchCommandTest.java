package sightline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;

/** What {@code bench} measures adds up, and what it writes can be used. */
class BenchCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aSmallModelStepByStep() throws Exception {
        JsonNode report = json("--shapes", "tiny", "--naive", "all");
        assertThat(report.get("machine").get("best_rate").asDouble()).isPositive();
        double seconds = 0;
        double operations = 0;
        for (JsonNode step : report.get("steps")) {
            assertThat(step.get("predicted_seconds").asDouble()).isPositive();
            seconds += step.get("seconds").asDouble();
            operations += step.get("operations").asDouble();
        }
        // sums in another order may round otherwise
        assertThat(report.get("total").get("seconds").asDouble()).isCloseTo(seconds, withinPercentage(1e-9));
        assertThat(report.get("total").get("operations").asDouble()).isCloseTo(operations, withinPercentage(1e-9));
        JsonNode naive = report.get("naive");
        assertThat(naive.get("passes").asLong())
                .isEqualTo(report.get("plan").get("distinct_variants").asLong())
                .isEqualTo(naive.get("timed_passes").asLong());
        assertThat(naive.get("largest_difference").asDouble()).isBetween(0.0, 1e-4);
        assertThat(naive.get("speed_up").asDouble()).isPositive();

        JsonNode shallow = json("--shapes", "tiny", "--naive", "0", "--layers", "5");
        assertThat(shallow.get("naive").isNull()).isTrue();
        assertThat(shallow.get("throughput").isNull()).isTrue();
        assertThat(shallow.get("plan").get("variants").asInt())
                .isLessThan(report.get("plan").get("variants").asInt());
    }

    @Test
    void severalWorkersGetThroughSamplesAtOnce() throws Exception {
        JsonNode report = json("--shapes", "tiny", "--naive", "0", "--runs", "2", "--workers", "3", "--device", "cpu");
        JsonNode throughput = report.get("throughput");
        assertThat(throughput.get("workers").asInt()).isEqualTo(3);
        assertThat(throughput.get("samples").asInt()).isEqualTo(6);
        double seconds = throughput.get("seconds").asDouble();
        assertThat(seconds).isPositive();
        assertThat(throughput.get("samples_a_second").asDouble()).isCloseTo(6 / seconds, withinPercentage(1e-9));
        assertThat(report.get("machine").get("device").asText()).isEqualTo("cpu");
        assertThat(report.get("machine").get("card").isNull()).isTrue();
    }

    private static JsonNode json(String... options) throws Exception {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "bench", "--prompt-tokens", "12", "--answer-tokens", "2", "--k", "1,3", "--json"),
                        java.util.stream.Stream.of(options))
                .toArray(String[]::new);
        CommandRun run = CommandRun.of(all);
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void aWrittenCheckpointIsWhole() {
        String written = folder.resolve("tiny").toString();
        CommandRun run = CommandRun.of("bench", "checkpoint", "--size", "tiny", "--out", written);
        assertThat(run.status()).as(run.err()).isZero();
        CommandRun check = CommandRun.of("check", written);
        assertThat(check.status()).as(check.out() + check.err()).isZero();
    }

    @Test
    void aPermutedCheckpointCanBeAskedAndSaysSomethingElse() throws Exception {
        Path written = folder.resolve("permuted");
        CommandRun run = CommandRun.of(
                "bench", "checkpoint", "--permuted", CommandRun.TINY10, "--out", written.toString(), "--seed", "1");
        assertThat(run.status()).as(run.err()).isZero();
        CommandRun check = CommandRun.of("check", written.toString());
        assertThat(check.status()).as(check.out() + check.err()).isZero();
        assertThat(probability(written.toString()))
                .isBetween(0.0, 1.0)
                .isNotEqualTo(probability(CommandRun.TINY10))
                .isEqualTo(probability(written.toString()));

        CommandRun again =
                CommandRun.of("bench", "checkpoint", "--permuted", CommandRun.TINY10, "--out", written.toString());
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("--out", "is not empty").hasLineCount(1);
    }

    private static double probability(String model) throws Exception {
        CommandRun run = CommandRun.of(
                "ask",
                "--model",
                model,
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "Why?",
                "--answer-tokens",
                "5",
                "--pathways",
                "image_to_last",
                "--k",
                "1",
                "--json");
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper()
                .readTree(run.out())
                .get("baseline")
                .get("probability")
                .asDouble();
    }

    @Test
    void eitherOfASizeOrAModelsOwnWeights() {
        String out = folder.resolve("none").toString();
        CommandRun neither = CommandRun.of("bench", "checkpoint", "--out", out);
        assertThat(neither.status()).isEqualTo(2);
        assertThat(neither.err())
                .isEqualTo("sightline: --size: is missing, and so is --permuted. Expected one of the two. For example"
                        + " --size tiny, or --permuted MODEL." + System.lineSeparator());
        CommandRun both =
                CommandRun.of("bench", "checkpoint", "--size", "tiny", "--permuted", CommandRun.TINY10, "--out", out);
        assertThat(both.err()).contains("--size: is given beside --permuted. Expected one of the two. Leave one out");
        CommandRun empty = CommandRun.of("bench", "checkpoint", "--permuted", folder.toString(), "--out", out);
        assertThat(empty.err()).contains("is no checkpoint").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void layersBelongToTheNamedShapes() {
        CommandRun few = CommandRun.of("bench", "--shapes", "tiny", "--layers", "3");
        assertThat(few.err()).contains("--layers", "3", "at least 4");
        assertThat(few.status()).isEqualTo(2);

        CommandRun folder = CommandRun.of("bench", "--shapes", CommandRun.TINY10, "--layers", "5");
        assertThat(folder.err()).contains("--layers: 5 was asked for", "Leave --layers out");
    }
}
