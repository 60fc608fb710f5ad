package sightline.analysis;

import java.util.Objects;
import java.util.Optional;
import sightline.statistics.CurveStatistics;
import sightline.statistics.DetectableEffect;
import sightline.statistics.EffectSize;

/**
 * The mean of a measure under a cut, per layer, and what can be said of it. Arrays have a value per layer; without
 * samples they are empty.
 *
 * @param n samples in the mean
 * @param clusters G, the clusters that these are of
 * @param published the mean of (p_l − q)/q in percent, as published: a cut that does nothing gives −0.001; empty for
 *     other measures
 * @param mean of change the mean of the centred one, (p_l − p)/q in percent, of other measures that of the differences from
 *     the uncut one: 0 if nothing changes; all statistics are of it
 * @param error standard error of the mean over clusters
 * @param designEffect by how much clusters widen the mean's variance; NaN without spread
 * @param statistics intervals and tests; NaN and p = 1 with fewer than 10 clusters
 * @param pHolm the smallest p of the curve, corrected for the other pathways of its group (Holm)
 * @param significant whether the page calls a window's change significant
 * @param worst layer of the most harmful window: the lowest mean, of flips the highest; −1 if no window acts
 * @param effect there; empty without such a window, and for other measures than change
 * @param control what random sources in its place do; empty if no sample has them
 * @param dots [sample][layer] of change: the samples' own values, in place of an interval; none with 10 clusters or more, or
 *     with more than {@value #MOST_DOTS} samples
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for drawing; made here, changed by nobody
public record MeanCurve(
        int n,
        int clusters,
        double[] published,
        double[] mean,
        double[] error,
        double[] designEffect,
        CurveStatistics statistics,
        double pHolm,
        boolean[] significant,
        int worst,
        Optional<EffectSize> effect,
        Optional<ControlCurve> control,
        double[]... dots) {
    static final MeanCurve NOTHING = nothing();
    /** So many samples can be told apart in a figure. */
    static final int MOST_DOTS = 100;

    /** What a corrected p may be at most for a finding. */
    static final double LEVEL = 0.05;

    public MeanCurve {
        Objects.requireNonNull(statistics);
        Objects.requireNonNull(effect);
        Objects.requireNonNull(control);
    }

    private static MeanCurve nothing() {
        double[] none = {};
        CurveStatistics statistics =
                new CurveStatistics(none, none, Double.NaN, none, none, none, new boolean[0], none);
        return new MeanCurve(
                0, 0, none, none, none, none, statistics, 1, new boolean[0], -1, Optional.empty(), Optional.empty());
    }

    /** Lower ends of the 95 % intervals of each window on its own; NaN without one. */
    public double[] low() {
        return statistics.low();
    }

    /** Upper ends of them. */
    public double[] high() {
        return statistics.high();
    }

    /** The least mean that a window would show in 80 of 100 such studies; NaN if none is tested. */
    public double detectable(int layer) {
        return DetectableEffect.among(statistics.critical(), error[layer]);
    }

    /** p of each window in the test that counts: against the control if there is one, otherwise against no change. */
    public double[] p() {
        return control.map(ControlCurve::p).orElse(statistics.p());
    }

    /** The same with a control, which it is then tested against. */
    MeanCurve against(ControlCurve its) {
        return new MeanCurve(
                n,
                clusters,
                published,
                mean,
                error,
                designEffect,
                statistics,
                pHolm,
                significant,
                worst,
                effect,
                Optional.of(its),
                dots);
    }

    /**
     * The same with the test of another curve. Clipped changes are tested as they were before: chance alone lowers as often as
     * it raises, and the mean of what it lowers is below 0.
     */
    MeanCurve testedAs(MeanCurve other) {
        return new MeanCurve(
                n,
                clusters,
                published,
                mean,
                error,
                designEffect,
                statistics.testedAs(other.statistics),
                pHolm,
                significant,
                worst,
                effect,
                control,
                dots);
    }

    /** The smallest p of its windows. */
    double smallestP() {
        double smallest = 1;
        for (double p : p()) {
            smallest = Math.min(smallest, p);
        }
        return smallest;
    }

    /** The same with another correction. */
    MeanCurve corrected(double holm, Measure measure) {
        boolean[] clear = new boolean[mean.length];
        double[] tested = control.map(its -> its.difference().mean()).orElse(mean);
        for (int layer = 0; layer < clear.length; layer++) {
            clear[layer] = holm <= LEVEL
                    && p()[layer] <= LEVEL
                    && Math.abs(tested[layer]) >= measure.least()
                    && Math.abs(mean[layer]) >= measure.least(); // a control that does something is no finding
        }
        return new MeanCurve(
                n,
                clusters,
                published,
                mean,
                error,
                designEffect,
                statistics,
                holm,
                clear,
                worst,
                effect,
                control,
                dots);
    }
}
