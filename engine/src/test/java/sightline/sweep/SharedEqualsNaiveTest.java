package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Act;
import sightline.knockout.Curve;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.knockout.SweepCost;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/** The shared sweep against the definition, on random models, prompts and requests. */
class SharedEqualsNaiveTest {
    /** Probabilities below this have no digits left in float32. */
    private static final double FLOOR = 1e-30;

    private static final int TOKENS_PER_TILE = 5;

    /** A decoder. {@code cross} may be shorter than {@code layers}. */
    record Decoder(int layers, Set<Integer> cross, int heads, int headsPerKey, long seed) {
        MllamaConfig config() {
            TreeSet<Integer> there = new TreeSet<>();
            cross.forEach(layer -> there.add(layer % layers));
            return RandomSample.config(layers, there, heads, heads / headsPerKey);
        }
    }

    /** A prompt with its picture. */
    record Text(List<TokenRole> roles, int imageAt, int answerTokens, int tiles, long seed) {
        List<TokenRole> withImage() {
            List<TokenRole> all = new ArrayList<>(roles);
            all.add(imageAt % (roles.size() + 1), TokenRole.IMAGE);
            return all;
        }
    }

    /** What is asked. */
    record Asked(
            Set<Intervention> interventions,
            Set<Integer> sizes,
            Set<Masking> maskings,
            RowReading rows,
            double temperature,
            Set<Track> tracks,
            Set<Integer> foils) {}

    @Provide
    static Arbitrary<Decoder> decoders() {
        Arbitrary<int[]> heads = Arbitraries.of(new int[] {2, 1}, new int[] {2, 2}, new int[] {4, 2}, new int[] {6, 3});
        return Combinators.combine(
                        Arbitraries.integers().between(2, 12),
                        Arbitraries.integers().between(0, 11).set().ofMinSize(1).ofMaxSize(5),
                        heads,
                        Arbitraries.longs())
                .as((layers, cross, of, seed) -> new Decoder(layers, cross, of[0], of[1], seed));
    }

    @Provide
    static Arbitrary<Text> texts() {
        Arbitrary<TokenRole> roles =
                Arbitraries.of(TokenRole.TEMPLATE, TokenRole.INSTRUCTION, TokenRole.QUESTION, TokenRole.CHOICES);
        return Combinators.combine(
                        roles.list().ofMinSize(1).ofMaxSize(13),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, RandomSample.MOST_TILES),
                        Arbitraries.longs())
                .as(Text::new);
    }

    @Provide
    static Arbitrary<Asked> requests() {
        return Combinators.combine(
                        pathways().set().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(1, 15).set().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of(Masking.values()).set().ofMinSize(1),
                        Arbitraries.of(RowReading.values()),
                        Arbitraries.of(0.6, 1.0, 2.5),
                        tracks().set().ofMaxSize(2),
                        Arbitraries.integers()
                                .between(0, RandomSample.VOCABULARY - 1)
                                .set()
                                .ofMaxSize(3))
                .as(Asked::new);
    }

    /** Whole depth, or any range of layers; what is kept under masking zero, all else under any. */
    private static Arbitrary<Track> tracks() {
        Arbitrary<Windows> windows = Arbitraries.frequency(
                Tuple.of(3, new Windows.WholeDepth()),
                Tuple.of(1, new Windows.StartByEnd()),
                Tuple.of(1, new Windows.Around(5)));
        Arbitrary<Intervention> kept = Arbitraries.of(
                        RandomSample.NAMED.stream().filter(KeepOnly::canKeep).toList())
                .list()
                .ofMaxSize(2)
                .map(KeepOnly::of);
        return Combinators.combine(Arbitraries.oneOf(pathways(), kept), windows, Arbitraries.of(Masking.values()))
                .as((intervention, in, masking) ->
                        new Track(intervention, in, intervention.allows(masking) ? masking : Masking.ZERO));
    }

    private static Arbitrary<Intervention> pathways() {
        Arbitrary<TokenSet> targets =
                Arbitraries.of(new TokenSet.Last(), new TokenSet.BeforeLast(), new TokenSet.Role(TokenRole.QUESTION));
        Arbitrary<Intervention> regions = Combinators.combine(
                        Arbitraries.integers()
                                .between(0, RandomSample.MOST_TILES * TOKENS_PER_TILE - 1)
                                .set()
                                .ofMinSize(1),
                        targets)
                .as((tokens, target) -> {
                    BitSet region = new BitSet();
                    tokens.forEach(region::set);
                    return RandomSample.region(region, target);
                });
        Arbitrary<Intervention> cuts = Arbitraries.oneOf(
                Arbitraries.of(RandomSample.PUBLISHED), // of more than sixty named ones they matter most
                Arbitraries.of(RandomSample.NAMED),
                regions);
        Arbitrary<Intervention> joint = Combinators.combine(
                        cuts.list().ofMinSize(2).ofMaxSize(3),
                        Arbitraries.integers().between(0, 1).set())
                .as(SharedEqualsNaiveTest::together);
        return Arbitraries.frequencyOf(Tuple.of(3, cuts), Tuple.of(1, joint));
    }

    /** Several cuts at once, and perhaps some heads of the last row silenced. */
    private static Intervention together(List<Intervention> cuts, Set<Integer> heads) {
        List<Act> acts = new ArrayList<>();
        cuts.forEach(cut -> acts.addAll(cut.acts()));
        BitSet silenced = new BitSet();
        heads.forEach(silenced::set);
        if (!silenced.isEmpty()) {
            acts.add(new Act(Medium.TEXT, new TokenSet.Last(), new Edit.Silence(silenced)));
        }
        return new Intervention(cuts + " and heads " + silenced, acts);
    }

    @Property(tries = 60)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void float32(@ForAll("decoders") Decoder decoder, @ForAll("texts") Text text, @ForAll("requests") Asked asked) {
        boolean changed = agree(decoder, text, asked, DType.FLOAT32, 1e-4);
        Statistics.label("cut").collect(changed).coverage(cuts -> cuts.check(true)
                .percentage(share -> share > 50));
    }

    @Property(tries = 60)
    void float64(@ForAll("decoders") Decoder decoder, @ForAll("texts") Text text, @ForAll("requests") Asked asked) {
        agree(decoder, text, asked, DType.FLOAT64, 1e-9);
    }

    /** Every third text row, beside those that are read out. */
    private static List<Integer> rows(Text text) {
        return IntStream.range(0, text.withImage().size() + text.answerTokens() - 1)
                .filter(row -> row % 3 == Math.floorMod(text.seed(), 3))
                .boxed()
                .toList();
    }

    /** Whether any cut changed any probability. */
    private static boolean agree(Decoder decoder, Text text, Asked asked, DType dtype, double tolerance) {
        int[] answer = RandomSample.tokens(text.answerTokens(), text.seed() + 1);
        SweepRequest request = new SweepRequest(
                        RandomSample.prompt(text.withImage(), text.seed()),
                        answer,
                        List.copyOf(asked.interventions()),
                        List.copyOf(asked.sizes()),
                        List.copyOf(asked.maskings()),
                        asked.rows(),
                        asked.temperature())
                .withTracks(List.copyOf(asked.tracks()))
                .withFoils(asked.foils().stream().filter(id -> id != answer[0]).toList())
                .alsoReading(List.of(
                        new Reading.Alternatives(3),
                        new Reading.Lens(2),
                        new Reading.Attention(rows(text)),
                        new Reading.Gates(),
                        new Reading.Edges()));
        RandomWeights weights = new RandomWeights(decoder.config(), decoder.seed(), false);
        try (VisionLanguageModel model = Mllama.of(weights, TestDevice.options().withDType(dtype));
                VisionMemory seen = model.see(RandomSample.picture(text.tiles(), text.seed()))) {
            SweepCost cost = new SharedSweep(model).plan(request, seen).cost();
            Trace naive = run(new NaiveSweep(model), request, seen, cost.distinctVariants());
            Trace shared = run(new SharedSweep(model), request, seen, cost.states());
            Trace inParts = new SharedSweep(model, 1).run(request, seen, Progress.NONE);
            assertEqual(shared, naive, tolerance);
            assertEqual(inParts, naive, tolerance);
            InsideNumbers.assertEqual(shared, naive, tolerance);
            InsideNumbers.assertEqual(inParts, naive, tolerance);
            InsideNumbers.assertSound(shared, model.shape());
            return differs(naive);
        }
    }

    /** Runs a sweep and holds it to the steps that it should take. */
    private static Trace run(Sweep sweep, SweepRequest request, VisionMemory seen, long steps) {
        int[] last = {0, 0};
        Trace trace = sweep.run(request, seen, (done, all) -> {
            assertThat(done).isGreaterThan(last[0]);
            last[0] = done;
            last[1] = all;
        });
        assertThat(last[0]).isEqualTo(last[1]).isEqualTo(Math.toIntExact(steps));
        return trace;
    }

    private static void assertEqual(Trace actual, Trace wanted, double tolerance) {
        double[] numbers = RandomSample.numbers(actual);
        double[] others = RandomSample.numbers(wanted);
        assertMeasuresEqual(actual, wanted, tolerance);
        assertAlternativesEqual(actual, wanted, tolerance);
        assertThat(numbers).hasSameSizeAs(others);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(others[i]).isFinite();
            assertThat(numbers[i]).isFinite();
            assertThat(Math.abs(numbers[i] - others[i])).isLessThanOrEqualTo(tolerance * Math.max(FLOOR, others[i]));
        }
    }

    /** Place by place as likely; which token it is may differ where two are nearly equal. The likeliest is what is said. */
    private static void assertAlternativesEqual(Trace actual, Trace wanted, double tolerance) {
        for (int i = 0; i < wanted.allCurves().size(); i++) {
            Curve one = actual.allCurves().get(i);
            Curve other = wanted.allCurves().get(i);
            assertThat(one.alternatives()).hasSize(wanted.baseline().length);
            for (int token = 0; token < wanted.baseline().length; token++) {
                for (int window = 0; window < other.tokenProbability()[token].length; window++) {
                    List<Trace.Candidate> some = one.alternatives().get(token).get(window);
                    List<Trace.Candidate> others =
                            other.alternatives().get(token).get(window);
                    assertThat(some).hasSize(3);
                    for (int place = 0; place < 3; place++) {
                        double p = others.get(place).probability();
                        assertThat(some.get(place).probability()).isCloseTo(p, within(tolerance * p));
                    }
                    int said = actual.request().answer()[token];
                    assertThat(some.get(0).token()).isEqualTo(one.measures()[token][window].top(said));
                }
            }
        }
    }

    /** Foils may be others where two logits are nearly equal, and then have as much of them. */
    private static void assertMeasuresEqual(Trace actual, Trace wanted, double tolerance) {
        assertThat(actual.uncut()).hasSameSizeAs(wanted.uncut()).isNotEmpty();
        List<TokenMeasures> some = new ArrayList<>(actual.uncut());
        List<TokenMeasures> others = new ArrayList<>(wanted.uncut());
        for (int i = 0; i < wanted.curves().size(); i++) {
            for (int token = 0; token < wanted.uncut().size(); token++) {
                some.addAll(List.of(actual.curves().get(i).measures()[token]));
                others.addAll(List.of(wanted.curves().get(i).measures()[token]));
            }
        }
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++) {
            TokenMeasures one = some.get(i);
            TokenMeasures other = others.get(i);
            assertThat(one.logP()).isCloseTo(other.logP(), within(tolerance));
            assertThat(one.logOdds()).isCloseTo(other.logOdds(), within(tolerance));
            assertThat(one.margin()).isCloseTo(other.margin(), within(tolerance));
            assertThat(one.foil()).isCloseTo(other.foil(), within(tolerance));
            assertThat(one.kl()).isCloseTo(other.kl(), within(tolerance));
            if (Math.abs(other.margin()) > tolerance) {
                assertThat(one.margin() < 0).isEqualTo(other.margin() < 0);
            }
        }
    }

    private static boolean differs(Trace trace) {
        for (Curve curve : trace.allCurves()) {
            for (int token = 0; token < trace.baseline().length; token++) {
                for (double p : curve.tokenProbability()[token]) {
                    if (Math.abs(p - trace.baseline()[token]) > 1e-3 * trace.baseline()[token]) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
