package sightline.analysis;

import java.util.Optional;
import sightline.statistics.Estimate;

/**
 * What cutting the answer's region takes, in all layers at once.
 *
 * @param cut its name, such as {@code region_to_last}
 * @param masking what an emptied row reads
 * @param n samples
 * @param clusters that these are of
 * @param change mean change of the answer's probability, centred, in percent
 * @param logOdds mean change of its log-odds, nats
 * @param random what as many random boxes of its size take; empty if there are none of this cut
 * @param p that a change as clear as this one, or its opposite, shows if it makes no difference which boxes are cut, or without
 *     random boxes if the cut makes none (sign flips of clusters); 1 with fewer than 10 clusters
 * @param pHolm the same, corrected for the other cuts under its masking
 */
public record RegionWorth(
        String cut,
        String masking,
        int n,
        int clusters,
        Estimate change,
        Estimate logOdds,
        Optional<Random> random,
        double p,
        double pHolm) {
    /**
     * Random boxes.
     *
     * @param change mean change of the answer's probability, centred, in percent
     * @param logOdds mean change of its log-odds, nats
     * @param difference mean of the region's change less theirs, points
     */
    public record Random(Estimate change, Estimate logOdds, Estimate difference) {}

    /** As a window of a curve is: clear, and of the least size, both by itself and against random boxes. */
    public boolean significant() {
        double against = random.map(its -> its.difference().value()).orElse(change.value());
        return pHolm <= MeanCurve.LEVEL
                && Math.abs(change.value()) >= Measure.CHANGE.least()
                && Math.abs(against) >= Measure.CHANGE.least();
    }

    RegionWorth corrected(double holm) {
        return new RegionWorth(cut, masking, n, clusters, change, logOdds, random, p, holm);
    }
}
