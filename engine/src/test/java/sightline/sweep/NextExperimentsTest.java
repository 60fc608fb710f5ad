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
import sightline.knockout.Curve;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RandomSources;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/**
 * What is kept alone, pathways cut together, heads silenced, in windows of any kind. Each is data; no sweep knows of it, and
 * both give the same numbers.
 */
class NextExperimentsTest {
    private static final double TOLERANCE = 1e-9;
    private static final MllamaConfig CONFIG = RandomSample.config(9, new TreeSet<>(List.of(2, 5, 7)), 4, 2);
    private static final TokenSet LAST = new TokenSet.Last();
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

    /** Of all edges into the last row but its own, those from the question's words alone are left, or a part of the picture's. */
    @Test
    void keepOnlyAPart() {
        Intervention region = RandomSample.region(bits(1, 2, 7), LAST);
        assertMoves(traced(Masking.ZERO, KeepOnly.of(RandomSample.cut("question_text_to_last"))));
        assertMoves(traced(Masking.ZERO, KeepOnly.of(region)));
        assertMoves(traced(Masking.ZERO, KeepOnly.of(List.of(RandomSample.cut("begin_to_last"), region))));
    }

    /** Exactly: what is planned is the same. */
    @Test
    void keepingTheOneIsCuttingTheOther() {
        assertThat(numbers(KeepOnly.of(RandomSample.cut("image_to_last"))))
                .isEqualTo(numbers(RandomSample.cut("question_to_last")));
        assertThat(numbers(KeepOnly.of(RandomSample.cut("question_to_last"))))
                .isEqualTo(numbers(RandomSample.cut("image_to_last")));
    }

    private static double[] numbers(Intervention intervention) {
        return RandomSample.numbers(traced(Masking.ZERO, intervention));
    }

    /** Whole depth is a window that is wide enough, and the range from the first layer to the last. */
    @Test
    void rangesAreTheWindowsOfTheSameLayers() {
        for (Masking masking : Masking.values()) {
            Intervention cut = RandomSample.cut("question_to_last");
            Trace trace = traced(
                    masking,
                    List.of(
                            new Track(cut, new Windows.Around(99), masking),
                            Track.wholeDepth(cut, masking),
                            new Track(cut, new Windows.StartByEnd(), masking)),
                    cut);
            List<Curve> tracked = trace.tracked();
            for (int token = 0; token < trace.baseline().length; token++) {
                double all = tracked.get(1).tokenProbability()[token][0];
                double[] ranges = tracked.get(2).tokenProbability()[token];
                assertThat(tracked.get(0).tokenProbability()[token]).hasSize(9).containsOnly(all);
                assertThat(ranges).hasSize(45);
                assertThat(ranges[8]).isEqualTo(all);
                assertThat(ranges[9]).isEqualTo(trace.curves().get(0).tokenProbability()[token][1]); // layer 1 alone
            }
        }
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
        Trace kept = traced(
                Masking.ZERO,
                KeepOnly.of(List.of(RandomSample.cut("image_to_last"), RandomSample.cut("question_to_last"))));
        for (int token = 0; token < kept.baseline().length; token++) {
            for (Curve curve : kept.curves()) {
                assertThat(curve.tokenProbability()[token]).containsOnly(kept.baseline()[token]);
            }
        }
    }

    /** Other sources in every layer. */
    @Test
    void randomSources() {
        for (Masking masking : Masking.values()) {
            for (String pathway : List.of("instruction_to_last", "answer_to_last")) {
                Layout layout = request(masking).outline(seen.tokens()).layout(2);
                Intervention control = new RandomSources(5, 0)
                        .of(RandomSample.cut(pathway), layout, model.shape())
                        .orElseThrow();
                Trace trace = traced(masking, control);
                if (pathway.startsWith("answer")) { // nothing to cut at the first token, and one row at the second
                    assertThat(trace.curves().get(0).tokenProbability()[0]).containsOnly(trace.baseline()[0]);
                } else {
                    assertMoves(trace);
                }
            }
        }
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
        return JointCut.of(Arrays.stream(names).map(RandomSample::cut).toList());
    }

    private static BitSet bits(int... bits) {
        BitSet set = new BitSet();
        Arrays.stream(bits).forEach(set::set);
        return set;
    }

    /** By the shared sweep, once equal to the naive one. */
    private static Trace traced(Masking masking, Intervention intervention) {
        return traced(masking, List.of(), intervention);
    }

    private static Trace traced(Masking masking, List<Track> tracks, Intervention intervention) {
        SweepRequest request = request(masking, intervention).withTracks(tracks);
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

    private static SweepRequest request(Masking masking, Intervention... interventions) {
        List<TokenRole> roles = new ArrayList<>(Collections.nCopies(12, TokenRole.QUESTION));
        Map.of(0, TokenRole.TEMPLATE, 2, TokenRole.IMAGE, 3, TokenRole.INSTRUCTION, 9, TokenRole.CHOICES)
                .forEach(roles::set);
        return new SweepRequest(
                RandomSample.prompt(roles, 3),
                RandomSample.tokens(3, 4),
                List.of(interventions),
                List.of(1, 4, 9),
                List.of(masking),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }
}
