package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Masking;
import sightline.knockout.Outline;
import sightline.knockout.PictureTokens;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.tensor.DType;

/** Reading inside walks: what stays behind, and in the format of the weights. */
class InsideWalkTest {
    private static final int SAMPLES = 24;

    /** At least; two sweeps' logits were seen to differ by 0.4 (docs/trace.md). */
    private static final double BFLOAT16_TOLERANCE = 0.2;

    private static SweepRequest request(Golden.Case c, ModelInputs inputs, List<Track> more) {
        return new SweepRequest(
                        inputs.prompt(),
                        c.integers("answer_tokens"),
                        List.of(RandomSample.cut("image_to_last"), RandomSample.cut("image_to_question")),
                        List.of(3),
                        List.of(Masking.PAPER, Masking.ZERO),
                        RowReading.PAPER,
                        SweepRequest.PUBLISHED_TEMPERATURE)
                .withTracks(more)
                .alsoReading(List.of(
                        new Reading.Lens(5), new Reading.Attention(), new Reading.Gates(), new Reading.Edges()));
    }

    /** In one walk, in one for each variant, and in full passes. */
    @Test
    void nothingStaysBehind() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model = Families.load(golden.checkpoint(), TestDevice.options())) {
            Golden.Case c = golden.cases().get(1);
            ModelInputs inputs = GoldenInputs.of(c, model.processor());
            SweepRequest heads =
                    request(c, inputs, HeadSilencing.atReadOut(Optional.empty()).each(model.shape()));
            SweepRequest plain = request(c, inputs, List.of());
            NativeMemory.assertFlat(SAMPLES, () -> {
                try (VisionMemory seen = model.see(inputs.picture());
                        Sweep whole = new SharedSweep(model);
                        Sweep inParts = new SharedSweep(model, 1)) {
                    List<Trace> traces = List.of(
                            whole.run(heads, seen, Progress.NONE),
                            inParts.run(plain, seen, Progress.NONE),
                            new NaiveSweep(model).run(plain, seen, Progress.NONE));
                    assertThat(traces)
                            .allSatisfy(
                                    trace -> assertThat(trace.inside().cut()).hasSize(4));
                }
            });
        }
    }

    /** Every layer's states of every answer token, the uncut ones and those of each window, at most; and none without a lens. */
    @Test
    void whatLensesHoldIsInTheBudget() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model = Families.load(golden.checkpoint(), TestDevice.options())) {
            Golden.Case c = golden.cases().get(1);
            ModelInputs inputs = GoldenInputs.of(c, model.processor());
            SweepRequest request = request(c, inputs, List.of());
            Outline asked = request.outline(new PictureTokens(68, 68));
            SweepPlan all = SweepPlan.of(asked, model.shape(), model.rules());
            SweepPlan none = SweepPlan.of(asked, model.shape(), model.rules(), List.of());
            long row = (model.shape().layers() + 1L)
                    * request.answer().length
                    * model.shape().hidden()
                    * model.dtype().bytes();
            assertThat(InsideWalk.bytes(none, model.compute())).isEqualTo(row);
            assertThat(InsideWalk.bytes(all, model.compute()))
                    .isGreaterThan(2 * row)
                    .isLessThan(row * (1 + all.variants().size()));
            SweepRequest without = new SweepRequest(
                    inputs.prompt(),
                    request.answer(),
                    request.interventions(),
                    List.of(3),
                    List.of(Masking.PAPER),
                    RowReading.PAPER,
                    1);
            SweepPlan plain = SweepPlan.of(without.outline(new PictureTokens(68, 68)), model.shape(), model.rules());
            assertThat(InsideWalk.bytes(plain, model.compute())).isZero();
        }
    }

    /** How large rounding is differs from machine to machine, as their products do: it is measured. */
    @Test
    void bfloat16ReadsTheSameUpToItsRounding() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel exact = Families.load(golden.checkpoint(), TestDevice.options())) {
            for (Golden.Case c : golden.cases().subList(0, 2)) {
                ModelInputs inputs = GoldenInputs.of(c, exact.processor());
                SweepRequest request = request(c, inputs, List.of());
                Trace unrounded = naive(exact, inputs, request);
                try (VisionLanguageModel model = Families.load(
                                golden.checkpoint(), TestDevice.options().withDType(DType.BFLOAT16));
                        Sweep shared = new SharedSweep(model);
                        VisionMemory seen = model.see(inputs.picture())) {
                    Trace naive = naive(model, inputs, request);
                    Trace trace = shared.run(request, seen, Progress.NONE);
                    InsideNumbers.assertSound(trace, model.shape());
                    double rounding = InsideNumbers.largestLensDifference(naive, unrounded);
                    assertThat(rounding).isLessThan(3);
                    InsideNumbers.assertEqual(trace, naive, Math.max(BFLOAT16_TOLERANCE, 2 * rounding));
                }
            }
        }
    }

    private static Trace naive(VisionLanguageModel model, ModelInputs inputs, SweepRequest request) {
        try (VisionMemory seen = model.see(inputs.picture())) {
            return new NaiveSweep(model).run(request, seen, Progress.NONE);
        }
    }
}
