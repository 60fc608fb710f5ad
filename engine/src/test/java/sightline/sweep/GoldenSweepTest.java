package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.Curve;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;

/** Sweeps against the reference numbers, and against what the published tracing code printed. */
class GoldenSweepTest {
    /** Of the 40 layers only the shortest case: the others take the naive sweep minutes, and the shared one has them. */
    @ParameterizedTest
    @CsvSource({"tiny10, 0", "tiny40, 2", "odd7, 0"})
    void naiveSweepEqualsTheReference(String name, int firstCase) {
        equalsTheReference(name, firstCase, NaiveSweep::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny10", "tiny40", "odd7"})
    void sharedSweepEqualsTheReference(String name) {
        equalsTheReference(name, 0, SharedSweep::new);
    }

    private static void equalsTheReference(String name, int firstCase, Function<VisionLanguageModel, Sweep> strategy) {
        try (Golden golden = Golden.open(name);
                VisionLanguageModel model =
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.FLOAT32))) {
            Sweep sweep = strategy.apply(model);
            for (Golden.Case c :
                    golden.cases().subList(firstCase, golden.cases().size())) {
                ModelInputs inputs = GoldenInputs.of(c, model.processor());
                try (VisionMemory seen = model.see(inputs.picture())) {
                    for (String[] combination : golden.combinations()) {
                        Trace trace = sweep.run(request(golden, c, inputs, combination), seen, Progress.NONE);
                        compare(golden, c, combination, trace);
                    }
                }
            }
        }
    }

    private static SweepRequest request(Golden golden, Golden.Case c, ModelInputs inputs, String[] combination) {
        return new SweepRequest(
                inputs.prompt(),
                c.integers("answer_tokens"),
                RandomSample.PUBLISHED,
                golden.windowSizes(),
                List.of(Masking.valueOf(combination[1].toUpperCase(Locale.ROOT))),
                RowReading.valueOf(combination[0].toUpperCase(Locale.ROOT)),
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    private static void compare(Golden golden, Golden.Case c, String[] combination, Trace trace) {
        String of = combination[0] + "." + combination[1];
        double[] baseline = golden.numbers(c.tensor("baseline." + of));
        assertThat(largestRelativeDifference(trace.baseline(), baseline))
                .as(c + " baseline " + of)
                .isLessThan(PROBABILITY_TOLERANCE);
        assertThat(trace.curves())
                .hasSize(RandomSample.PUBLISHED.size() * golden.windowSizes().size());
        for (Curve curve : trace.curves()) {
            String rest = curve.intervention() + ".k" + curve.k();
            double[] wanted = golden.numbers(c.tensor("sweep." + of + "." + rest));
            double[] actual = Arrays.stream(curve.tokenProbability())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(largestRelativeDifference(actual, wanted))
                    .as(c + " sweep " + of + " " + rest)
                    .isLessThan(PROBABILITY_TOLERANCE);
            assertThat(largestChange(curve, baseline))
                    .as("the cut changes something: %s", rest)
                    .isGreaterThan(10 * PROBABILITY_TOLERANCE);
            if (golden.hasPublished() && "paper.paper".equals(of)) {
                double[] published = golden.numbers(c.tensor("published." + rest));
                assertThat(largestRelativeDifference(curve.probability(), published))
                        .as(c + " published " + rest)
                        .isLessThan(PROBABILITY_TOLERANCE);
            }
        }
        if (golden.hasPublished() && "paper.paper".equals(of)) {
            double[] published = golden.numbers(c.tensor("published.full_attention"));
            assertThat(largestRelativeDifference(new double[] {trace.probability()}, published))
                    .isLessThan(PROBABILITY_TOLERANCE);
        }
    }

    /** The largest change of a token's probability, relative to its probability with nothing cut. */
    private static double largestChange(Curve curve, double[] baseline) {
        double largest = 0;
        for (int token = 0; token < baseline.length; token++) {
            for (double p : curve.tokenProbability()[token]) {
                largest = Math.max(largest, Math.abs(p - baseline[token]) / baseline[token]);
            }
        }
        return largest;
    }
}
