package sightline.analysis;

import java.util.Objects;
import sightline.statistics.CurveStatistics;
import sightline.statistics.DetectableEffect;

/**
 * How far a cut's mean centred change differs between two categories, per layer, in points: that of the first less that of the
 * other. A sample in both counts in both.
 *
 * @param category the first
 * @param other the second
 * @param key what was cut
 * @param n samples of the first
 * @param nOther samples of the second
 * @param clusters that either has
 * @param difference of the means
 * @param error its standard error over clusters
 * @param statistics intervals and max-t tests against no difference, over the curve's windows
 * @param pHolm the smallest p of the curve, corrected for the other pairs of categories under this cut (Holm)
 * @param strongest layer of the largest difference either way, of windows that act; −1 if none acts
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for tables; made here, changed by nobody
public record CategoryContrast(
        String category,
        String other,
        CurveKey key,
        int n,
        int nOther,
        int clusters,
        double[] difference,
        double[] error,
        CurveStatistics statistics,
        double pHolm,
        int strongest) {
    public CategoryContrast {
        Objects.requireNonNull(key);
        Objects.requireNonNull(statistics);
    }

    /** Whether a window's difference is more than chance, and of the least size of a change, either way. */
    public boolean significant(int layer) {
        return pHolm <= MeanCurve.LEVEL
                && statistics.p()[layer] <= MeanCurve.LEVEL
                && Math.abs(difference[layer]) >= Measure.CHANGE.least();
    }

    /** The least difference that a window would show in 80 of 100 such studies under the test of the curve; NaN if none is tested. */
    public double detectable(int layer) {
        return DetectableEffect.among(statistics.critical(), error[layer]);
    }

    /** How many clusters would show a difference of the least size in 80 of 100 studies; NaN if no window is tested. */
    public double clustersNeeded(int layer) {
        return DetectableEffect.clusters(clusters, detectable(layer), Measure.CHANGE.least());
    }

    /** The smallest p of its windows. */
    double smallestP() {
        double smallest = 1;
        for (double p : statistics.p()) {
            smallest = Math.min(smallest, p);
        }
        return smallest;
    }

    /** The same with another correction. */
    CategoryContrast corrected(double holm) {
        return new CategoryContrast(
                category, other, key, n, nOther, clusters, difference, error, statistics, holm, strongest);
    }
}
