package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/**
 * Experiments that have no name yet, said in today's words: what is kept alone, pathways cut together, heads silenced. Each is
 * data; no sweep knows of it, and both give the same numbers.
 */
class NextExperimentsTest {
    private static final double TOLERANCE = 1e-9;
    private static final MllamaConfig CONFIG = RandomSample.config(9, new TreeSet<>(List.of(2, 5, 7)), 4, 2);
    private static final TokenSet LAST = new TokenSet.Last();
    private static final TokenSet QUESTION_TEXT = new TokenSet.Role(TokenRole.QUESTION);
    private static final TokenSet ALL_ROWS = new TokenSet.Union(List.of(LAST, new TokenSet.BeforeLast()));

    private static Mllama model;
    private static VisionMemory seen;

    @BeforeAll
    static void load() {
        model = Mllama.of(
                new RandomWeights(CONFIG, 5, false), TestDevice.options().withDType(DType.FLOAT64));
        seen = model.see(RandomSample.picture(3, 5));
    }

    @AfterAll
    static void free() {
        seen.close();
        model.close();
    }

    /** Of all edges into the last row but its own, those from the question's words alone are left. */
    @Test
    void keepOnlyAPartOfTheText() {
        TokenSet rest = new TokenSet.Complement(new TokenSet.Union(List.of(QUESTION_TEXT, LAST)));
        Intervention keep = new Intervention(
                "keep question_text_to_last",
                List.of(Act.cut(Medium.TEXT, LAST, rest), Act.cut(Medium.IMAGE, LAST, new TokenSet.ImageTokens())));
        assertMoves(traced(Masking.ZERO, keep));
    }

    /** Of all edges into the last row but its own, those from a part of the picture alone are left. */
    @Test
    void keepOnlyAPartOfThePicture() {
        TokenSet rest = new TokenSet.Complement(new TokenSet.Region(bits(1, 2, 7)));
        Intervention keep = new Intervention(
                "keep region_to_last",
                List.of(Act.cut(Medium.TEXT, LAST, new TokenSet.BeforeLast()), Act.cut(Medium.IMAGE, LAST, rest)));
        assertMoves(traced(Masking.ZERO, keep));
    }

    @Test
    void pathwaysCutTogether() {
        Intervention all = joint("image_to_last", "image_to_question", "question_to_last");
        Intervention overlapping = joint("question_text_to_last", "question_to_last", "template_to_question");
        for (Masking masking : Masking.values()) {
            assertMoves(traced(masking, all));
            assertMoves(traced(masking, overlapping));
        }
    }

    @Test
    void aJointCutOfOneIsThatCutAndKeepingEverythingIsTheBaseline() {
        assertThat(RandomSample.numbers(traced(Masking.PAPER, joint("image_to_last", "image_to_last"))))
                .isEqualTo(RandomSample.numbers(traced(Masking.PAPER, RandomSample.cut("image_to_last"))));
        TokenSet nothing = new TokenSet.Complement(new TokenSet.ImageTokens());
        Trace kept = traced(Masking.ZERO, new Intervention("keep all", Act.cut(Medium.IMAGE, LAST, nothing)));
        for (double[] token : kept.curves().get(0).tokenProbability()) {
            assertThat(token).containsOnly(token[0]);
        }
        assertThat(kept.curves().get(0).tokenProbability()[0][0]).isEqualTo(kept.baseline()[0]);
    }

    @Test
    void headsSilencedAtTheReadOutRowAndAtAllRows() {
        Intervention atLast =
                new Intervention("heads at last", new Act(Medium.TEXT, LAST, new Edit.Silence(bits(1, 3))));
        Intervention everywhere = new Intervention(
                "heads everywhere",
                List.of(
                        new Act(Medium.TEXT, ALL_ROWS, new Edit.Silence(bits(0))),
                        new Act(Medium.IMAGE, ALL_ROWS, new Edit.Silence(bits(2)))));
        Intervention withACut = new Intervention(
                "heads and a cut",
                Stream.concat(
                                everywhere.acts().stream(),
                                joint("question_to_last", "image_to_question").acts().stream())
                        .toList());
        for (Masking masking : Masking.values()) {
            assertMoves(traced(masking, atLast));
            assertMoves(traced(masking, everywhere));
            assertMoves(traced(masking, withACut));
        }
    }

    @Test
    void allHeadsOfARowAreTheRowEmptied() {
        BitSet all = bits(IntStream.range(0, model.shape().heads()).toArray());
        Trace silenced =
                traced(Masking.ZERO, new Intervention("heads", new Act(Medium.TEXT, LAST, new Edit.Silence(all))));
        Trace emptied = traced(Masking.ZERO, new Intervention("all", Act.cut(Medium.TEXT, LAST, ALL_ROWS)));
        assertThat(RandomSample.numbers(silenced)).isEqualTo(RandomSample.numbers(emptied));
    }

    private static Intervention joint(String... names) {
        return new Intervention(
                String.join(" with ", names),
                Arrays.stream(names)
                        .flatMap(name -> RandomSample.cut(name).acts().stream())
                        .toList());
    }

    private static BitSet bits(int... bits) {
        BitSet set = new BitSet();
        Arrays.stream(bits).forEach(set::set);
        return set;
    }

    /** By the shared sweep, once equal to the naive one. */
    private static Trace traced(Masking masking, Intervention intervention) {
        List<TokenRole> roles = new ArrayList<>(Collections.nCopies(12, TokenRole.QUESTION));
        Map.of(0, TokenRole.TEMPLATE, 2, TokenRole.IMAGE, 3, TokenRole.INSTRUCTION, 9, TokenRole.CHOICES)
                .forEach(roles::set);
        SweepRequest request = new SweepRequest(
                RandomSample.prompt(roles, 3),
                RandomSample.tokens(3, 4),
                List.of(intervention),
                List.of(1, 4, 9),
                List.of(masking),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
        Trace shared = new SharedSweep(model).run(request, seen, Progress.NONE);
        Trace naive = new NaiveSweep(model).run(request, seen, Progress.NONE);
        assertThat(Arrays.stream(RandomSample.numbers(shared)).allMatch(Double::isFinite))
                .isTrue();
        assertThat(shared.largestDifference(naive)).isLessThan(TOLERANCE);
        return shared;
    }

    /** That every window size changes some probability of every answer token by more than a thousandth. */
    private static void assertMoves(Trace trace) {
        trace.curves().forEach(curve -> {
            for (int token = 0; token < trace.baseline().length; token++) {
                double uncut = trace.baseline()[token];
                assertThat(Arrays.stream(curve.tokenProbability()[token])
                                .map(p -> Math.abs(p / uncut - 1))
                                .max()
                                .orElseThrow())
                        .isGreaterThan(1e-3);
            }
        });
    }
}
