package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.family.ModelSize;
import sightline.golden.TestDevice;
import sightline.image.Canvas;
import sightline.image.ImageTiles;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.llava.Llava;
import sightline.mllama.Mllama;
import sightline.model.LoadOptions;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** What two right sweeps differ by on models of random weights, and what a wrong one may hide behind it. */
class HonestRoundingTest {
    private static final int SEEDS = 8;

    /** As a factor of probabilities at the published temperature. */
    private static final double FAULT = 1.1;

    @ParameterizedTest
    @EnumSource(names = {"TINY", "LLAVA_TINY"})
    void honestRunsPassInBfloat16WithAMargin(ModelSize size) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = Run.of(size, seed, DType.BFLOAT16);
            double temperature = run.shared.request().temperature();
            double values = Math.log1p(run.shared.largestDifference(run.naive)) * temperature;
            double means = run.shared.largestMeanDifference(run.naive) * temperature;
            assertThat(values).as("%s, seed %d", size, seed).isPositive().isLessThan(0.2); // of 1
            assertThat(means).as("%s, seed %d", size, seed).isPositive().isLessThan(0.1); // of 0.3
            run.judged(run.shared);
        }
    }

    /** What docs/trace.md and the message say: bfloat16 hides it, float32 does not. */
    @ParameterizedTest
    @EnumSource(names = {"TINY", "LLAVA_TINY"})
    void aFaultOfTenPercentShowsInFloat32Alone(ModelSize size) {
        Run rounded = Run.of(size, 1, DType.BFLOAT16);
        rounded.judged(rounded.faulty());
        assertThat(VerifiedSweep.unseen(DType.BFLOAT16, SweepRequest.PUBLISHED_TEMPERATURE))
                .contains("a factor of 5.3", "less than 1.65", "--dtype float32");
        Run fine = Run.of(size, 1, DType.FLOAT32);
        fine.judged(fine.shared);
        assertThat(VerifiedSweep.unseen(DType.FLOAT32, SweepRequest.PUBLISHED_TEMPERATURE))
                .isEmpty();
        assertThatThrownBy(() -> fine.judged(fine.faulty())).isInstanceOf(SweepsDifferException.class);
    }

    /** One sample, traced twice. */
    private record Run(Trace shared, Trace naive, DType dtype) {
        static Run of(ModelSize size, long seed, DType dtype) {
            ModelConfig config = size.config();
            LoadOptions options = TestDevice.options().withDType(dtype);
            RandomWeights weights = new RandomWeights(config, seed, false);
            try (VisionLanguageModel model =
                            size == ModelSize.TINY ? Mllama.of(weights, options) : Llava.of(weights, options);
                    SharedSweep sweep = new SharedSweep(model);
                    VisionMemory seen = model.see(picture(config, seed))) {
                SweepRequest request = request(model, seed);
                return new Run(
                        sweep.run(request, seen, Progress.NONE),
                        new NaiveSweep(model).run(request, seen, Progress.NONE),
                        dtype);
            }
        }

        private static ImageTiles picture(ModelConfig config, long seed) {
            int side = config.tileSide();
            float[] pixels = new float[config.mostTiles() * 3 * side * side];
            Random random = new Random(seed);
            for (int i = 0; i < 3 * side * side; i++) {
                pixels[i] = random.nextFloat() * 2 - 1;
            }
            int id = new Canvas(1, 1, side).aspectRatioId(config.mostTiles());
            return new ImageTiles(side, 1, 1, id, config.mostTiles(), pixels);
        }

        private static SweepRequest request(VisionLanguageModel model, long seed) {
            ModelConfig config = model.config();
            List<TokenRole> roles = new ArrayList<>(List.of(TokenRole.TEMPLATE, TokenRole.TEMPLATE));
            roles.addAll(Collections.nCopies(config.imageRows(), TokenRole.IMAGE));
            roles.addAll(Collections.nCopies(8, TokenRole.QUESTION));
            int[] ids = new Random(seed).ints(roles.size() + 2L, 0, 500).toArray();
            for (int row = 0; row < roles.size(); row++) {
                ids[row] = roles.get(row) == TokenRole.IMAGE ? config.imageToken() : ids[row];
            }
            return new SweepRequest(
                    new EncodedPrompt("", Arrays.copyOf(ids, roles.size()), roles.toArray(TokenRole[]::new)),
                    Arrays.copyOfRange(ids, roles.size(), ids.length),
                    model.rules().interventions().named(Interventions.PUBLISHED),
                    List.of(1, 5),
                    List.of(Masking.PAPER),
                    RowReading.TRANSFORMERS,
                    SweepRequest.PUBLISHED_TEMPERATURE);
        }

        /** The shared sweep's trace with every value of its second curve too high. */
        Trace faulty() {
            List<Curve> curves = new ArrayList<>(shared.curves());
            Curve right = curves.get(1);
            double[][] wrong = Arrays.stream(right.tokenProbability())
                    .map(values -> Arrays.stream(values).map(p -> p * FAULT).toArray())
                    .toArray(double[][]::new);
            curves.set(1, new Curve(right.intervention(), right.windows(), right.masking(), wrong, right.measures()));
            return new Trace(
                    shared.request(),
                    shared.baseline(),
                    shared.uncut(),
                    shared.candidates(),
                    curves,
                    shared.tracked(),
                    shared.plan());
        }

        /** @throws SweepsDifferException if a trace is refused */
        void judged(Trace trace) {
            VerifiedSweep sweep =
                    new VerifiedSweep((request, seen, progress) -> trace, (request, seen, progress) -> naive, 1, dtype);
            assertThat(sweep.sample(false).run(trace.request(), null, Progress.NONE))
                    .isSameAs(trace);
        }
    }
}
