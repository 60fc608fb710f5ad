package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Inside;
import sightline.knockout.Masking;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.mllama.Mllama;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/** Whether an answer ends behind its tokens, against the definition: the likeliest of all tokens there. */
class AnswerEndTest {
    private static final int LAYERS = 6;
    private static final List<TokenRole> ROLES =
            List.of(TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.QUESTION, TokenRole.TEMPLATE);

    private VisionLanguageModel model;
    private VisionMemory seen;
    private int[] answer;
    private int next;

    @BeforeEach
    void load() {
        load(3);
    }

    /** A model and its greedy answer of two tokens; in float64, in which no two sweeps round to other likeliest tokens. */
    private void load(long seed) {
        RandomWeights weights =
                new RandomWeights(RandomSample.config(LAYERS, new TreeSet<>(Set.of(1, 4)), 2, 1), seed, false);
        model = Mllama.of(weights, TestDevice.options().withDType(DType.FLOAT64));
        seen = model.see(RandomSample.picture(2, seed));
        answer = new int[0];
        next = likeliest();
        for (int token = 0; token < 2; token++) {
            answer = followedBy(next);
            next = likeliest();
        }
    }

    @AfterEach
    void close() {
        seen.close();
        model.close();
    }

    private int[] followedBy(int token) {
        int[] longer = Arrays.copyOf(answer, answer.length + 1);
        longer[answer.length] = token;
        return longer;
    }

    private int likeliest() {
        Trace uncut = new NaiveSweep(model).run(request(followedBy(0)).withTracks(List.of()), seen, Progress.NONE);
        return uncut.uncut().get(answer.length).top(0);
    }

    private static SweepRequest request(int... said) {
        return new SweepRequest(
                        RandomSample.prompt(ROLES, 7),
                        said,
                        RandomSample.PUBLISHED,
                        List.of(1, 3),
                        List.of(Masking.PAPER, Masking.ZERO),
                        RowReading.PAPER,
                        0.6)
                .withTracks(List.of(
                        Track.wholeDepth(RandomSample.cut("image_to_last"), Masking.ZERO),
                        new Track(RandomSample.cut("question_to_last"), new Windows.StartByEnd(), Masking.ZERO)));
    }

    private Trace shared(SweepRequest request) {
        try (Sweep sweep = new SharedSweep(model)) {
            return sweep.run(request, seen, Progress.NONE);
        }
    }

    private Trace naive(SweepRequest request) {
        return new NaiveSweep(model).run(request, seen, Progress.NONE);
    }

    private Set<Integer> stops() {
        return new TreeSet<>(Set.of(next, (next + 1) % RandomSample.VOCABULARY));
    }

    /** Over several models, so that there are windows of all kinds. */
    @Test
    void isThatOfTheLikeliestTokenUnderEachCut() {
        int lost = 0;
        int kept = 0;
        int left = 0;
        for (long seed = 0; seed < 4; seed++) {
            close();
            load(seed);
            Trace trace = AnswerEnd.trace(request(answer), stops(), this::shared);
            assertThat(trace.ends()).hasValue(true);
            assertThat(trace.answer().flip()).isFalse();
            Trace longer = naive(request(followedBy(0)).alsoReading(List.of(new Reading.Alternatives(1))));
            for (int at = 0; at < trace.allCurves().size(); at++) {
                Curve curve = trace.allCurves().get(at);
                assertThat(curve.ends()).hasSize(curve.tokenProbability()[0].length);
                for (int window = 0; window < curve.ends().length; window++) {
                    List<List<List<Trace.Candidate>>> likeliest =
                            longer.allCurves().get(at).alternatives();
                    int place = window;
                    boolean ends = stops().contains(likeliest
                            .get(answer.length)
                            .get(window)
                            .get(0)
                            .token());
                    boolean says = IntStream.range(0, answer.length)
                            .allMatch(token ->
                                    likeliest.get(token).get(place).get(0).token() == answer[token]);
                    assertThat(curve.ends(window)).hasValue(ends);
                    assertThat(curve.answer(window, answer).flip()).isEqualTo(!says || !ends);
                    assertThat(curve.answer(window, answer).ends()).hasValue(ends);
                    assertThat(curve.answer(window, answer).goesOn()).isEqualTo(says && !ends);
                    lost += says && !ends ? 1 : 0;
                    kept += says && ends ? 1 : 0;
                    left += says ? 0 : 1;
                }
            }
        }
        assertThat(lost).as("windows that lose the end alone").isPositive();
        assertThat(kept).isPositive();
        assertThat(left).isPositive();
    }

    @Test
    void theRestIsTheTraceOfTheAnswerAsItIs() {
        SweepRequest request = request(answer)
                .withFoils(List.of((answer[0] + 1) % RandomSample.VOCABULARY))
                .alsoReading(List.of(new Reading.Alternatives(2)));
        List<SweepRequest> swept = new ArrayList<>();
        Trace with = AnswerEnd.trace(request, stops(), noted(swept));
        Trace without = shared(request);
        assertThat(swept).hasSize(1);
        assertThat(swept.get(0).answer()).startsWith(answer).hasSize(answer.length + 1);
        assertThat(with.request()).isSameAs(request);
        assertThat(without.ends()).isEmpty();
        assertAlike(with, without);
        assertThat(with.largestDifference(without)).isLessThan(1e-9);
        for (int at = 0; at < with.allCurves().size(); at++) {
            Curve one = with.allCurves().get(at);
            Curve other = without.allCurves().get(at);
            assertThat(other.ends()).isEmpty();
            assertThat(other.ends(0)).isEmpty();
            assertThat(one.alternatives()).hasSameSizeAs(other.alternatives());
            assertThat(one.alternatives().get(1).get(0).get(0).token())
                    .isEqualTo(other.alternatives().get(1).get(0).get(0).token());
        }
    }

    private Function<SweepRequest, Trace> noted(List<SweepRequest> swept) {
        return asked -> {
            swept.add(asked);
            return shared(asked);
        };
    }

    private void assertAlike(Trace one, Trace other) {
        assertThat(one.baseline()).hasSameSizeAs(answer);
        assertThat(one.uncut()).hasSameSizeAs(other.uncut());
        assertThat(one.candidates()).hasSameSizeAs(other.candidates());
        assertThat(one.curves()).hasSameSizeAs(other.curves());
        assertThat(one.tracked()).hasSameSizeAs(other.tracked());
        for (int at = 0; at < one.allCurves().size(); at++) {
            assertThat(one.allCurves().get(at).sameCut(other.allCurves().get(at)))
                    .isTrue();
            for (int token = 0; token < answer.length; token++) {
                TokenMeasures[] some = one.allCurves().get(at).measures()[token];
                TokenMeasures[] others = other.allCurves().get(at).measures()[token];
                for (int window = 0; window < others.length; window++) {
                    assertThat(some[window].kl()).isCloseTo(others[window].kl(), within(1e-9));
                    assertThat(some[window].foil()).isCloseTo(others[window].foil(), within(1e-9));
                    assertThat(some[window].top(answer[token])).isEqualTo(others[window].top(answer[token]));
                }
            }
        }
    }

    /** Lenses and the like are of the answer as it is. Of single heads the end is not asked for then. */
    @Test
    void readingsInsideTakeASecondSweep() {
        List<Track> heads = HeadSilencing.atReadOut(Optional.empty()).each(model.shape());
        SweepRequest request = request(answer)
                .withMore(heads)
                .withMore(List.of(Track.wholeDepth(RandomSample.cut("image_to_question"), Masking.PAPER)))
                .alsoReading(List.of(new Reading.Lens(2), new Reading.Gates()));
        List<SweepRequest> swept = new ArrayList<>();
        Trace with = AnswerEnd.trace(request, stops(), noted(swept));
        assertThat(swept).hasSize(2);
        assertThat(swept.get(0)).isSameAs(request);
        assertThat(swept.get(1).readings()).containsExactly(new Reading.AnswerProbability(), new Reading.Measures());
        assertThat(with.inside()).isNotEqualTo(Inside.NOTHING);
        assertThat(with.largestDifference(shared(request))).isLessThan(1e-9);
        assertThat(with.tracked().subList(2, 2 + heads.size())).allMatch(curve -> curve.ends().length == 0);
        Trace ends = AnswerEnd.trace(request(answer), stops(), this::naive);
        assertThat(with.ends()).isEqualTo(ends.ends());
        for (int at = 0; at < ends.curves().size(); at++) {
            assertThat(with.curves().get(at).ends())
                    .isEqualTo(ends.curves().get(at).ends());
        }
        assertThat(with.tracked().get(1).ends()).isEqualTo(ends.tracked().get(1).ends());
        assertThat(with.tracked().get(with.tracked().size() - 1).ends()).hasSize(1);
    }

    @Test
    void singleHeadsInOneSweepAreToldToo() {
        List<Track> heads = HeadSilencing.atReadOut(Optional.empty()).each(model.shape());
        Trace with = AnswerEnd.trace(request(answer).withTracks(heads), stops(), this::shared);
        assertThat(with.tracked()).hasSize(heads.size()).allMatch(curve -> curve.ends().length == LAYERS);
        assertThat(HeadSilencing.losses(with)).hasDimensions(LAYERS, heads.size());
    }

    @Test
    void anAnswerThatIsCutShortIsNotTheGreedyOne() {
        Set<Integer> others = new TreeSet<>(Set.of((next + 1) % RandomSample.VOCABULARY));
        Trace trace = AnswerEnd.trace(request(answer), others, this::shared);
        assertThat(trace.ends()).hasValue(false);
        assertThat(trace.answer().flip()).isTrue();
        assertThat(trace.answer().goesOn()).isTrue();
    }

    /** Foils are whole answers without their end. */
    @Test
    void wholeFoilsKeepIt() {
        List<SweepRequest> swept = new ArrayList<>();
        Trace own = AnswerEnd.trace(request(answer), stops(), noted(swept));
        int[] foil = {answer[0], (answer[1] + 1) % RandomSample.VOCABULARY};
        Trace held = WholeFoils.trace(own, List.of(Arrays.stream(foil).boxed().toList()), noted(swept));
        assertThat(swept).hasSize(2);
        assertThat(swept.get(1).answer()).isEqualTo(foil);
        assertThat(held.ends()).isEqualTo(own.ends());
        Trace plain = shared(request(foil));
        for (int at = 0; at < own.curves().size(); at++) {
            assertThat(held.curves().get(at).ends())
                    .isEqualTo(own.curves().get(at).ends());
            double rival = plain.curves().get(at).answer(2, foil).logP();
            assertThat(held.curves().get(at).measures()[0][2].foil())
                    .isCloseTo(own.curves().get(at).answer(2, answer).logP() - rival, within(1e-9));
        }
    }

    @Test
    void withoutStopsOrMeasuresItCannotBeTold() {
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerEnd.trace(request(answer), Set.of(), this::shared));
        SweepRequest unmeasured = new SweepRequest(
                RandomSample.prompt(ROLES, 7),
                answer,
                List.of(),
                List.of(),
                List.of(),
                RowReading.PAPER,
                List.of(new Reading.AnswerProbability()),
                0.6,
                List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerEnd.trace(unmeasured, stops(), this::shared));
    }
}
