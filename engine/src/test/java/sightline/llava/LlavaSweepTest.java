package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Checkpoint;
import sightline.golden.Golden;
import sightline.golden.LlavaInputs;
import sightline.golden.TestDevice;
import sightline.knockout.Act;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.SharedSweep;
import sightline.sweep.Sweep;
import sightline.tensor.DType;

/** Sweeps against the reference numbers, and against what the published tracing code printed. */
class LlavaSweepTest {
    private static final TokenSet EVERYTHING = new TokenSet.Complement(new TokenSet.Union(List.of()));

    /** Of the long prompts only the shared sweep, which needs no minutes for them. */
    @ParameterizedTest
    @ValueSource(strings = {"llava8", "llava10"})
    void naiveSweepEqualsTheReference(String name) {
        equalsTheReference(name, 80, NaiveSweep::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava8", "llava10"})
    void sharedSweepEqualsTheReference(String name) {
        equalsTheReference(name, Integer.MAX_VALUE, SharedSweep::new);
    }

    private static void equalsTheReference(String name, int longest, Function<VisionLanguageModel, Sweep> strategy) {
        try (Golden golden = Golden.open("llava/" + name);
                Llava model = Llava.of(
                        Checkpoint.open(golden.checkpoint(), LlavaConfig::of),
                        TestDevice.options().withDType(DType.FLOAT32))) {
            Sweep sweep = strategy.apply(model);
            for (Golden.Case c : golden.cases()) {
                ModelInputs inputs = LlavaInputs.of(golden, c);
                if (inputs.prompt().length() > longest) {
                    continue;
                }
                try (VisionMemory seen = model.see(inputs.picture())) {
                    SweepRequest request = new SweepRequest(
                            inputs.prompt(),
                            c.integers("answer_tokens"),
                            interventions(golden),
                            golden.windowSizes(),
                            List.of(Masking.PAPER, Masking.ZERO),
                            RowReading.TRANSFORMERS,
                            SweepRequest.PUBLISHED_TEMPERATURE);
                    compare(golden, c, sweep.run(request, seen, Progress.NONE));
                }
            }
        }
    }

    private static List<Intervention> interventions(Golden golden) {
        List<Intervention> asked = new ArrayList<>();
        Interventions named = new LlavaRules().interventions();
        asked.addAll(named.named(golden.names("pathways")));
        asked.addAll(named.named(golden.names("role_pathways")));
        // Two that are there to tell one masking from the other, and have no name on the command line.
        assertThat(golden.names("joint_pathways")).containsExactly("everything_to_last", "everything_to_question");
        asked.add(new Intervention("everything_to_last", Act.cut(Medium.TEXT, new TokenSet.Last(), EVERYTHING)));
        asked.add(new Intervention(
                "everything_to_question", Act.cut(Medium.TEXT, named.textSet("question"), EVERYTHING)));
        return asked;
    }

    private static void compare(Golden golden, Golden.Case c, Trace trace) {
        double[] baseline = golden.numbers(c.tensor("baseline"));
        assertThat(largestRelativeDifference(trace.baseline(), baseline))
                .as(c + " baseline")
                .isLessThan(PROBABILITY_TOLERANCE);
        assertThat(trace.curves()).hasSize(8 * 2 * golden.windowSizes().size());
        for (Curve curve : trace.curves()) {
            String rest = curve.intervention() + ".k" + curve.k();
            double[] actual = flat(curve.tokenProbability());
            String name = c.tensor("sweep." + curve.masking() + "." + rest);
            assertThat(largestRelativeDifference(actual, golden.numbers(name)))
                    .as(name)
                    .isLessThan(PROBABILITY_TOLERANCE);
            String published = c.tensor("published." + rest);
            if (curve.masking() == Masking.PAPER && golden.has(published)) {
                assertThat(largestRelativeDifference(actual, golden.numbers(published)))
                        .as(published)
                        .isLessThan(PROBABILITY_TOLERANCE);
            }
        }
        assertThat(largestRelativeDifference(trace.baseline(), golden.numbers(c.tensor("published.full_attention"))))
                .isLessThan(PROBABILITY_TOLERANCE);
    }

    private static double[] flat(double[]... rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
