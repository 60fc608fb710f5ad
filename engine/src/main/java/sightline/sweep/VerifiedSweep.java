package sightline.sweep;

import java.util.Locale;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.DType;

/**
 * A sweep whose first samples are computed a second time by another one. A trace that differs from the other by more than
 * rounding is not handed out. Several threads may take sweeps for their samples at once.
 */
public final class VerifiedSweep implements AutoCloseable {
    private final Sweep sweep;
    private final Sweep oracle;
    private final DType dtype;
    private final Verification verification;

    /**
     * A sweep and its judge.
     *
     * @param sweep whose traces are handed out
     * @param oracle what they are held against, the naive sweep as a rule
     * @param samples how many are computed twice
     * @param dtype the format of hidden states in both
     */
    public VerifiedSweep(Sweep sweep, Sweep oracle, int samples, DType dtype) {
        this(sweep, oracle, new Verification(samples), dtype);
    }

    /** The same, whose count of samples the sweeps of other models share. */
    public VerifiedSweep(Sweep sweep, Sweep oracle, Verification verification, DType dtype) {
        this.sweep = sweep;
        this.oracle = oracle;
        this.verification = verification;
        this.dtype = dtype;
    }

    /**
     * A sweep for one sample, whatever is asked of it: if it is one of the first, all of it is computed twice, and {@link
     * SweepsDifferException} is thrown where the two differ by more than rounding.
     *
     * @param anyway whether it is computed twice in any case
     */
    public Sweep sample(boolean anyway) {
        return anyway || verification.claim() ? new Twice() : sweep;
    }

    /** Closes the sweep whose traces are handed out. */
    @Override
    public void close() {
        sweep.close();
    }

    /** One sample's. */
    private final class Twice implements Sweep {
        private boolean first = true;

        @Override
        public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
            Trace trace = sweep.run(request, seen, progress);
            Trace right = oracle.run(request, seen, progress);
            double difference = trace.largestDifference(right);
            require(difference, tolerance(dtype, request.temperature()));
            require(
                    Math.expm1(trace.largestMeanDifference(right)),
                    Math.expm1(meanLogit(dtype) / request.temperature()));
            verification.note(difference, first);
            first = false;
            return trace;
        }
    }

    private static void require(double difference, double tolerance) {
        if (!(difference <= tolerance)) { // NaN too
            throw new SweepsDifferException(difference, tolerance);
        }
    }

    /** {@link Verification#verified()}. */
    public int verified() {
        return verification.verified();
    }

    /** {@link Verification#largestDifference()}. */
    public double largestDifference() {
        return verification.largestDifference();
    }

    /**
     * What rounding may explain of a single probability: a share of it, as {@link Trace#largestDifference} gives it.
     *
     * <p>Two sweeps add the same numbers in another order, so logits differ by rounding, and probabilities by as much over
     * the temperature. The largest differences of a logit that were seen over the reference checkpoints and the demo's are
     * 3e-4 in float32 and 0.61 in bfloat16 (docs/trace.md tells the measurement, and why no narrower bound is sound there).
     *
     * @param temperature of the readout
     */
    public static double tolerance(DType dtype, double temperature) {
        return Math.expm1(logit(dtype) / temperature);
    }

    private static double logit(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 1e-9;
            case FLOAT32 -> 2e-3;
            case BFLOAT16 -> 1;
        };
    }

    /**
     * What was found, in words, and what would have passed.
     *
     * @param largest as {@link #largestDifference} has it
     * @param temperature of the readout
     */
    public static String told(double largest, DType dtype, double temperature) {
        return String.format(
                        Locale.ROOT,
                        "with the naive sweep: the largest difference of a token's probability is %.1e of it",
                        largest)
                + unseen(dtype, temperature);
    }

    /**
     * What a format cannot tell from rounding, to be said with the difference that was found; empty where that is next to
     * nothing.
     *
     * @param temperature of the readout
     */
    static String unseen(DType dtype, double temperature) {
        return dtype == DType.BFLOAT16
                ? String.format(
                        Locale.ROOT,
                        "; in bfloat16 a fault of one probability by less than a factor of %.1f, or of a curve's mean by less"
                                + " than %.2f, would pass as rounding: --dtype float32 tells more",
                        Math.exp(logit(dtype) / temperature),
                        Math.exp(meanLogit(dtype) / temperature))
                : "";
    }

    /**
     * What rounding may explain of a curve's mean, in logits. In bfloat16 single values stray as far as a real fault may,
     * but means do not: of a curve at most 0.09 was seen, and half of every probability at 0.6 is 0.42.
     */
    private static double meanLogit(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 1e-9;
            case FLOAT32 -> 2e-3;
            case BFLOAT16 -> 0.3;
        };
    }
}
