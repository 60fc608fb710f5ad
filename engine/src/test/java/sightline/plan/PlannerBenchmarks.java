package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.PictureTokens;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.mllama.MllamaRules;
import sightline.text.TokenRole;

/**
 * Planning the published pathways: warm, as for the later samples of a study, and cold, as for the first. Compiled with the
 * tests, run by hand only, since its name is no test's (docs/performance.md):
 *
 * <pre>mvn -q -pl engine test -Dtest=PlannerBenchmarks -Dsightline.jmh=warm</pre>
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class PlannerBenchmarks {
    /** Where the chat template puts the image token. */
    private static final int IMAGE_ROW = 5;

    /** The 11B model and {@code bench --shapes mid} with their usual requests, and a question to the demo model. */
    @Param({"11b", "mid", "demo"})
    public String shapes;

    private ModelShape shape;
    private Outline asked;

    /** Makes the request. */
    @Setup
    public void make() {
        switch (shapes) {
            case "11b" -> make(40, 160, 3, List.of(9));
            case "mid" -> make(20, 100, 3, List.of(9));
            default -> make(15, 60, 2, List.of(1, 3, 5, 7, 9));
        }
    }

    /** Every fifth layer from layer 3 on reads the image; widths and numbers of vision tokens do not matter here. */
    private void make(int layers, int promptTokens, int answerTokens, List<Integer> windowSizes) {
        List<Medium> media = IntStream.range(0, layers)
                .mapToObj(layer -> layer % 5 == 3 ? Medium.IMAGE : Medium.TEXT)
                .toList();
        shape = new ModelShape(media, 64, 128, 4, 2, 16, 600, 2048);
        TokenRole[] roles = new TokenRole[promptTokens];
        Arrays.fill(roles, TokenRole.QUESTION);
        Arrays.fill(roles, 0, IMAGE_ROW, TokenRole.TEMPLATE);
        roles[IMAGE_ROW] = TokenRole.IMAGE;
        asked = new Outline(
                List.of(roles),
                answerTokens,
                new PictureTokens(6404, 6404),
                Interventions.of(Medium.IMAGE).named(Interventions.PUBLISHED),
                windowSizes,
                List.of(Masking.PAPER),
                RowReading.PAPER,
                List.of(new Reading.AnswerProbability()),
                List.of());
    }

    /** As for the later samples of a study. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    @Fork(1)
    public SweepPlan warm() {
        return plan();
    }

    /** As for the first sample: a new virtual machine for each. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(7)
    public SweepPlan cold() {
        return plan();
    }

    private SweepPlan plan() {
        return SweepPlan.of(asked, shape, new MllamaRules());
    }

    /** Runs the benchmarks whose name holds the property {@code sightline.jmh}; all without it. */
    @Test
    void run() throws RunnerException {
        String include = PlannerBenchmarks.class.getName() + ".*" + System.getProperty("sightline.jmh", "");
        assertThat(new Runner(new OptionsBuilder().include(include).build()).run())
                .isNotEmpty();
    }
}
