package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepCost;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/** Sources beyond the published ones, plan and shared sweep against the definition: roles, the answer so far, regions. */
class AnySourceTest {
    private static final double TOLERANCE = 1e-4;
    private static final MllamaConfig CONFIG = RandomSample.config(9, new TreeSet<>(List.of(2, 5, 7)), 4, 2);

    private static VisionLanguageModel model;
    private static VisionMemory seen;

    @BeforeAll
    static void load() {
        model = Mllama.of(
                new RandomWeights(CONFIG, 5, false), TestDevice.options().withDType(DType.FLOAT32));
        seen = model.see(RandomSample.picture(3, 5));
    }

    @AfterAll
    static void free() {
        seen.close();
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "question_text_to_last",
                "choices_to_last",
                "instruction_to_question_text",
                "template_to_last",
                "image_token_to_question",
                "image_to_question_text",
                "answer_to_last",
                "image_to_answer"
            })
    void named(String name) {
        Trace trace = traced(RandomSample.cut(name));
        assertThat(changed(trace.curves().get(0), trace.baseline())).isTrue();
    }

    /** Some patches of the first tile, and one of the second. */
    @Test
    void aRegionOfThePicture() {
        BitSet region = new BitSet();
        region.set(1, 4);
        region.set(7);
        Intervention part = RandomSample.region(region, new TokenSet.Last());
        Trace ofPart = traced(part);
        assertThat(changed(ofPart.curves().get(0), ofPart.baseline())).isTrue();
        Trace ofAll = traced(RandomSample.cut("image_to_last"));
        assertThat(RandomSample.numbers(ofPart)).isNotEqualTo(RandomSample.numbers(ofAll));
    }

    /** All tokens as a region are the whole image. */
    @Test
    void aRegionOfEverything() {
        BitSet region = new BitSet();
        region.set(0, seen.tokens().all());
        Trace ofRegion = traced(RandomSample.region(region, new TokenSet.BeforeLast()));
        Trace ofAll = traced(RandomSample.cut("image_to_question"));
        assertThat(RandomSample.numbers(ofRegion)).isEqualTo(RandomSample.numbers(ofAll));
    }

    /** With both maskings, shared and naive alike, and no more states computed than planned. */
    private static Trace traced(Intervention pathway) {
        List<TokenRole> roles = new ArrayList<>(Collections.nCopies(14, TokenRole.QUESTION));
        Map.of(0, TokenRole.TEMPLATE, 2, TokenRole.IMAGE, 3, TokenRole.INSTRUCTION, 9, TokenRole.CHOICES)
                .forEach(roles::set);
        SweepRequest request = new SweepRequest(
                RandomSample.prompt(roles, 3),
                RandomSample.tokens(4, 4),
                List.of(pathway),
                List.of(1, 4, 9),
                List.of(Masking.values()),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
        SweepCost cost = new SharedSweep(model).plan(request, seen).cost();
        assertThat(cost.states()).isLessThan(cost.naiveStates());
        int[] computed = {0};
        Trace shared = new SharedSweep(model).run(request, seen, (done, all) -> computed[0] = done);
        assertThat(computed[0]).isEqualTo(Math.toIntExact(cost.states()));
        Trace naive = new NaiveSweep(model).run(request, seen, Progress.NONE);
        assertThat(Arrays.stream(RandomSample.numbers(shared)).allMatch(Double::isFinite))
                .isTrue();
        assertThat(shared.largestDifference(naive)).isLessThan(TOLERANCE);
        return shared;
    }

    private static boolean changed(Curve curve, double[] baseline) {
        for (int token = 0; token < baseline.length; token++) {
            for (double p : curve.tokenProbability()[token]) {
                if (Math.abs(p - baseline[token]) > 10 * TOLERANCE * baseline[token]) {
                    return true;
                }
            }
        }
        return false;
    }
}
