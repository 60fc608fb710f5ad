package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.checkpoint.WeightSource;
import sightline.golden.TestDevice;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Intervention;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
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
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** Heads silenced one by one, in sets by layer, by zeros and by means. */
class HeadSilencingTest {
    private static final int HEADS = 4;
    private static final TokenSet LAST = new TokenSet.Last();
    private static final TokenSet ALL_ROWS = new TokenSet.Union(List.of(LAST, new TokenSet.BeforeLast()));
    private static final Optional<HeadMeans> ZEROS = Optional.empty();
    private static final EncodedPrompt PROMPT = RandomSample.prompt(
            List.of(TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.QUESTION), 7);
    private static final int[] ANSWER = RandomSample.tokens(4, 8); // the last one has the third one's means

    private static MllamaConfig config(int layers) {
        return RandomSample.config(layers, new TreeSet<>(List.of(2, 5, 7)), HEADS, 2);
    }

    private static Mllama model(MllamaConfig config, DType dtype) {
        return Mllama.of(
                new RandomWeights(config, 5, false), TestDevice.options().withDType(dtype));
    }

    private static SweepRequest request(List<Track> tracks) {
        return new SweepRequest(PROMPT, ANSWER, List.of(), List.of(), List.of(), RowReading.PAPER, 0.6)
                .withTracks(tracks);
    }

    private static HeadMeans means(MllamaConfig config, long seed) {
        Random random = new Random(seed);
        float[][][] values = new float[HeadMeans.TOKENS][config.text().llama().layers()][4 * HEADS];
        for (float[][] token : values) {
            for (float[] layer : token) {
                for (int channel = 0; channel < layer.length; channel++) {
                    layer[channel] = (float) random.nextGaussian();
                }
            }
        }
        return new HeadMeans("means " + seed, values);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 1e-9", "FLOAT32, 1e-4"})
    void sharedEqualsNaive(DType dtype, double tolerance) {
        MllamaConfig config = config(9);
        try (Mllama model = model(config, dtype);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            List<Track> tracks = new ArrayList<>();
            for (Optional<HeadMeans> instead : List.of(ZEROS, Optional.of(means(config, 1)))) {
                tracks.addAll(HeadSilencing.atReadOut(instead).each(model.shape()));
                HeadSilencing everywhere = HeadSilencing.atAllRows(instead);
                tracks.add(new Track(everywhere.one(2), new Windows.Around(3), Masking.ZERO));
                tracks.add(everywhere.together("everywhere", drawn(9, 3)));
                tracks.add(HeadSilencing.atReadOut(instead).together("at the read-out row", drawn(9, 4)));
            }
            List<Act> both = new ArrayList<>(HeadSilencing.atAllRows(Optional.of(means(config, 2)))
                    .one(1)
                    .acts());
            both.addAll(RandomSample.cut("question_to_last").acts());
            both.addAll(RandomSample.cut("image_to_question").acts());
            for (Masking masking : Masking.values()) {
                tracks.add(new Track(new Intervention("a head and cuts", both), new Windows.Around(2), masking));
            }
            Trace shared = new SharedSweep(model).run(request(tracks), seen, Progress.NONE);
            Trace naive = new NaiveSweep(model).run(request(tracks), seen, Progress.NONE);
            assertThat(Arrays.stream(RandomSample.numbers(shared)).allMatch(Double::isFinite))
                    .isTrue();
            assertThat(shared.largestDifference(naive)).isLessThan(tolerance);
            double uncut = shared.probability();
            shared.tracked().forEach(curve -> assertThat(
                            Arrays.stream(curve.probability()).anyMatch(p -> Math.abs(p / uncut - 1) > 1e-6))
                    .as("%s in %s moves p", curve.intervention(), curve.windows())
                    .isTrue());
        }
    }

    private static List<BitSet> drawn(int layers, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, layers)
                .mapToObj(layer -> BitSet.valueOf(new long[] {random.nextInt(1 << HEADS)}))
                .toList();
    }

    /** At the read-out row and at all rows, in each layer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allHeadsOfALayerAreItsEmptiedRows(boolean everywhere) {
        try (Mllama model = model(config(9), DType.FLOAT64);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            TokenSet rows = everywhere ? ALL_ROWS : LAST;
            BitSet all = new BitSet();
            all.set(0, HEADS);
            for (Medium medium : Medium.values()) {
                TokenSet sources = medium == Medium.IMAGE ? new TokenSet.ImageTokens() : ALL_ROWS;
                List<Track> heads = List.of(new Track(
                        new Intervention("heads", new Act(medium, rows, new Edit.Silence(all))),
                        new Windows.Around(1),
                        Masking.ZERO));
                List<Track> emptied = List.of(new Track(
                        new Intervention("emptied", Act.cut(medium, rows, sources)),
                        new Windows.Around(1),
                        Masking.ZERO));
                assertThat(numbers(model, seen, heads)).containsExactly(numbers(model, seen, emptied), within(1e-14));
            }
        }
    }

    private static double[] numbers(Mllama model, VisionMemory seen, List<Track> tracks) {
        try (SharedSweep sweep = new SharedSweep(model)) {
            return RandomSample.numbers(sweep.run(request(tracks), seen, Progress.NONE));
        }
    }

    /** The last layer without its MLP adds o(attended) alone; head by head that is the same. Of text, then of the picture. */
    @ParameterizedTest
    @ValueSource(ints = {9, 8})
    void headsContributionsAddUpToTheirLayers(int layers) {
        MllamaConfig config = config(layers);
        WeightSource weights = new WithoutMlp(
                new RandomWeights(config, 5, false),
                "language_model.model.layers." + (layers - 1) + ".mlp.down_proj.weight");
        try (Mllama model = Mllama.of(weights, TestDevice.options().withDType(DType.FLOAT64));
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            double[] none = states(model, seen, layers, Set.of());
            double[] sum = new double[none.length];
            for (int head = 0; head < HEADS; head++) {
                double[] one = states(model, seen, layers, Set.of(head));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += one[i] - none[i];
                }
            }
            double[] all = states(model, seen, layers, Set.of(0, 1, 2, 3));
            for (int i = 0; i < sum.length; i++) {
                assertThat(sum[i]).isCloseTo(all[i] - none[i], within(1e-12));
            }
            assertThat(Arrays.stream(sum).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
        }
    }

    /** Weights of which one is 0. */
    private static final class WithoutMlp implements WeightSource {
        private final WeightSource others;
        private final String name;
        private final TensorOwner owner = new TensorOwner("the zeros");
        private Tensor zeros;

        WithoutMlp(WeightSource others, String name) {
            this.others = others;
            this.name = name;
        }

        @Override
        public ModelConfig config() {
            return others.config();
        }

        @Override
        public Tensor weight(String publishedName) {
            Tensor weight = others.weight(publishedName);
            if (!publishedName.equals(name)) {
                return weight;
            }
            if (zeros == null) {
                try (Scope scope = Scope.open()) {
                    zeros = owner.own(Ops.zerosLike(weight));
                }
            }
            return zeros;
        }

        @Override
        public void close() {
            owner.close();
            others.close();
        }
    }

    /** Behind the last layer, in which some heads are left. */
    private static double[] states(Mllama model, VisionMemory seen, int layers, Set<Integer> left) {
        BitSet silenced = new BitSet();
        silenced.set(0, HEADS);
        left.forEach(silenced::clear);
        Layout layout = new Layout(PROMPT.roles(), 0, seen.tokens());
        IntFunction<List<Act>> acts = layer -> layer < layers - 1
                ? List.of()
                : Arrays.stream(Medium.values())
                        .map(medium -> new Act(medium, ALL_ROWS, new Edit.Silence(silenced)))
                        .toList();
        try (TensorOwner.Use use = model.use(seen);
                Scope scope = Scope.open()) {
            Tensor states = new FullPass(model, seen, layout, RowReading.PAPER, PROMPT.ids()).run(acts, Masking.ZERO);
            return HostArrays.doubles(states);
        }
    }

    /** Silenced by the means of this sample alone, heads read what they read; only the fourth token has another one's. */
    @Test
    void aSamplesOwnMeansChangeNothing() {
        try (Mllama model = model(config(9), DType.FLOAT32);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            double[][][] read = HeadReadings.of(model, seen, PROMPT, RowReading.PAPER, ANSWER);
            float[][][] own = new float[read.length][9][4 * HEADS];
            for (int token = 0; token < own.length; token++) {
                for (int layer = 0; layer < 9; layer++) {
                    for (int channel = 0; channel < 4 * HEADS; channel++) {
                        own[token][layer][channel] = (float) read[token][layer][channel];
                    }
                }
            }
            BitSet all = new BitSet();
            all.set(0, HEADS);
            Track every = HeadSilencing.atReadOut(Optional.of(new HeadMeans("own", own)))
                    .together(
                            "every head",
                            IntStream.range(0, 9).mapToObj(layer -> all).toList());
            Trace trace = new SharedSweep(model).run(request(List.of(every)), seen, Progress.NONE);
            for (int token = 0; token < ANSWER.length; token++) {
                double change = trace.tracked().get(0).tokenProbability()[token][0] / trace.baseline()[token] - 1;
                if (token < HeadMeans.TOKENS) {
                    assertThat(change).isCloseTo(0, within(1e-4));
                } else {
                    assertThat(Math.abs(change)).isGreaterThan(1e-3);
                }
            }
        }
    }

    /** Fewer answer tokens than there can be means: fewer readings. */
    @Test
    void readingsOfAShortAnswer() {
        try (Mllama model = model(config(9), DType.FLOAT32);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            double[][][] one = HeadReadings.of(model, seen, PROMPT, RowReading.PAPER, ANSWER[0]);
            double[][][] more = HeadReadings.of(model, seen, PROMPT, RowReading.PAPER, ANSWER);
            assertThat(one).hasNumberOfRows(1);
            assertThat(more).hasNumberOfRows(HeadMeans.TOKENS);
            for (int layer = 0; layer < 9; layer++) {
                for (int channel = 0; channel < 4 * HEADS; channel++) {
                    assertThat(one[0][layer][channel]).isCloseTo(more[0][layer][channel], within(1e-5));
                }
            }
        }
    }

    @Test
    void losses() {
        try (Mllama model = model(config(9), DType.FLOAT64);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            HeadSilencing silencing = HeadSilencing.atReadOut(ZEROS);
            Trace trace = new SharedSweep(model).run(request(silencing.each(model.shape())), seen, Progress.NONE);
            double[][] losses = HeadSilencing.losses(trace);
            assertThat(losses.length).isEqualTo(9);
            double p = trace.tracked().get(3).answer(6, ANSWER).logP();
            double uncut = trace.uncut().stream().mapToDouble(one -> one.logP()).sum();
            assertThat(losses[6][3]).isCloseTo(odds(uncut) - odds(p), within(1e-9));
            assertThat(HeadSilencing.losses(new SharedSweep(model).run(request(List.of()), seen, Progress.NONE)))
                    .isEmpty();
        }
    }

    private static double odds(double logP) {
        return logP - Math.log1p(-Math.exp(logP));
    }

    @Test
    void twoKindsOfSilenceInOneRowAreRefused() {
        MllamaConfig config = config(9);
        try (Mllama model = model(config, DType.FLOAT32);
                VisionMemory seen = model.see(RandomSample.picture(3, 5))) {
            List<Act> acts =
                    new ArrayList<>(HeadSilencing.atReadOut(ZEROS).one(1).acts());
            acts.addAll(HeadSilencing.atReadOut(Optional.of(means(config, 1)))
                    .one(2)
                    .acts());
            SweepRequest request =
                    request(List.of(new Track(new Intervention("both", acts), new Windows.Around(1), Masking.ZERO)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SharedSweep(model).run(request, seen, Progress.NONE))
                    .withMessageContaining("expected the same in place of what they read");
        }
    }
}
