package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.knockout.Curve;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.tensor.DType;
import sightline.text.TokenRole;

/** Traces that are not what the definition gives are not handed out. */
class VerifiedSweepTest {
    private static final SweepRequest REQUEST = new SweepRequest(
            RandomSample.prompt(List.of(TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION), 1),
            new int[] {3, 4},
            List.of(RandomSample.cut("image_to_last"), RandomSample.cut("question_to_last")),
            List.of(1),
            List.of(Masking.PAPER),
            RowReading.PAPER,
            0.6);

    /** @param last what becomes of the second curve */
    private static Trace trace(DoubleUnaryOperator baseline, DoubleUnaryOperator last) {
        double[][] one = {{0.9, 0.5, 1e-9}, {0.3, 0.2, 0.1}};
        double[][] two = {
            DoubleStream.of(0.9, 0.4, 0.3).map(last).toArray(),
            DoubleStream.of(0.3, 0.2, 1e-12).map(last).toArray()
        };
        return new Trace(
                REQUEST,
                DoubleStream.of(0.9, 0.3).map(baseline).toArray(),
                List.of(),
                List.of(),
                List.of(
                        new Curve(RandomSample.cut("image_to_last"), 1, Masking.PAPER, one),
                        new Curve(RandomSample.cut("question_to_last"), 1, Masking.PAPER, two)),
                Optional.empty());
    }

    private static final Trace RIGHT = trace(p -> p, p -> p);

    private static VerifiedSweep sweep(Trace given, DType dtype, int samples) {
        return new VerifiedSweep(
                (request, seen, progress) -> given, (request, seen, progress) -> RIGHT, samples, dtype);
    }

    private static Trace run(VerifiedSweep sweep) {
        return sweep.sample(false).run(REQUEST, null, Progress.NONE);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void halvedOrDoubledOrNoNumbersAreRefusedInEveryFormat(DType dtype) {
        DoubleUnaryOperator same = p -> p;
        for (DoubleUnaryOperator wrong : List.<DoubleUnaryOperator>of(
                p -> p / 2, p -> p * 2, p -> 0, p -> Double.NaN, p -> Double.POSITIVE_INFINITY)) {
            for (Trace trace : List.of(trace(wrong, same), trace(same, wrong))) {
                VerifiedSweep sweep = sweep(trace, dtype, 1);
                assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepsDifferException.class);
                assertThat(sweep.verified()).isZero();
            }
        }
        VerifiedSweep same2 = sweep(RIGHT, dtype, 1);
        assertThat(run(same2)).isSameAs(RIGHT);
        assertThat(same2.verified()).isEqualTo(1);
        assertThat(same2.largestDifference()).isZero();
    }

    @Test
    void aMissingCurveOrOneOfSomethingElseIsRefused() {
        Trace missing = new Trace(
                REQUEST, RIGHT.baseline(), List.of(), List.of(), RIGHT.curves().subList(0, 1), Optional.empty());
        Trace swapped = new Trace(
                REQUEST,
                RIGHT.baseline(),
                List.of(),
                List.of(),
                List.of(RIGHT.curves().get(1), RIGHT.curves().get(0)),
                Optional.empty());
        for (Trace wrong : List.of(missing, swapped)) {
            assertThatThrownBy(() -> run(sweep(wrong, DType.BFLOAT16, 1))).isInstanceOf(SweepsDifferException.class);
        }
    }

    @Test
    void roundingPassesInItsFormatAlone() {
        Trace float32 = trace(p -> p * (1 - 3e-4), p -> p * (1 + 3e-4));
        Trace bfloat16 = trace(p -> p * 0.85, p -> p * 1.2);
        VerifiedSweep sweep = sweep(float32, DType.FLOAT32, 1);
        run(sweep);
        assertThat(sweep.largestDifference()).isBetween(2.9e-4, 3.1e-4);
        assertThatThrownBy(() -> run(sweep(float32, DType.FLOAT64, 1))).isInstanceOf(SweepsDifferException.class);
        run(sweep(bfloat16, DType.BFLOAT16, 1));
        assertThatThrownBy(() -> run(sweep(bfloat16, DType.FLOAT32, 1)))
                .hasMessage("the sweep and the naive one, which checks it, differ by 2.0e-01 of a token's probability,"
                        + " and rounding explains at most 3.3e-03");
    }

    @Test
    void onlyTheFirstSamplesAreCheckedUnlessAllAreAskedFor() {
        Trace wrong = trace(p -> p / 2, p -> p);
        VerifiedSweep none = sweep(wrong, DType.FLOAT32, 0);
        assertThat(run(none)).isSameAs(wrong);
        assertThatThrownBy(() -> none.sample(true).run(REQUEST, null, Progress.NONE))
                .isInstanceOf(SweepsDifferException.class);
        VerifiedSweep first = sweep(RIGHT, DType.FLOAT32, 1);
        run(first);
        run(first);
        assertThat(first.verified()).isEqualTo(1);
    }

    /** Another picture, another answer: what else is asked of a sample is checked with it, and the sample counted once. */
    @Test
    void allThatIsAskedOfASampleIsChecked() {
        AtomicInteger asked = new AtomicInteger();
        Trace wrong = trace(p -> p / 2, p -> p);
        VerifiedSweep sweep = new VerifiedSweep(
                (request, seen, progress) -> asked.incrementAndGet() < 3 ? RIGHT : wrong,
                (request, seen, progress) -> RIGHT,
                1,
                DType.FLOAT32);
        Sweep sample = sweep.sample(false);
        sample.run(REQUEST, null, Progress.NONE);
        sample.run(REQUEST, null, Progress.NONE);
        assertThat(sweep.verified()).isEqualTo(1);
        assertThatThrownBy(() -> sample.run(REQUEST, null, Progress.NONE)).isInstanceOf(SweepsDifferException.class);
    }

    /** One value of many is judged strictly in float32, and by what rounding may do in bfloat16. */
    @Test
    void aSingleValueMayStrayInBfloat16Alone() {
        Trace single = trace(p -> p, p -> p == 0.4 ? p / 2 : p);
        assertThatThrownBy(() -> run(sweep(single, DType.FLOAT32, 1))).isInstanceOf(SweepsDifferException.class);
        run(sweep(single, DType.BFLOAT16, 1));
        Trace far = trace(p -> p, p -> p == 0.4 ? p / 8 : p);
        assertThatThrownBy(() -> run(sweep(far, DType.BFLOAT16, 1))).isInstanceOf(SweepsDifferException.class);
    }

    @Test
    void aColderReadoutMayDifferMore() {
        assertThat(VerifiedSweep.tolerance(DType.FLOAT32, 0.06)).isGreaterThan(0.03);
        assertThat(VerifiedSweep.tolerance(DType.FLOAT32, 0.6)).isLessThan(0.0034);
    }
}
