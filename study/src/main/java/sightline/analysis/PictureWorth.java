package sightline.analysis;

import java.util.List;
import sightline.run.Control;
import sightline.statistics.Estimate;

/**
 * What the picture is worth: the uncut answer with another picture.
 *
 * @param control {@code swap} or {@code blank}
 * @param n samples
 * @param clusters that these are of
 * @param own mean probability with the sample's own picture
 * @param other the same with the other one
 * @param worth mean log-probability with its own less that with the other, nats
 * @param p that a worth as clear as this one, or its opposite, shows if it makes no difference which picture is shown (sign
 *     flips of clusters); 1 with fewer than 10 clusters
 * @param pHolm the same, corrected for the other kinds of pictures of its group (Holm)
 * @param shares of the worth that cuts take
 */
public record PictureWorth(
        Control control,
        int n,
        int clusters,
        Estimate own,
        Estimate other,
        Estimate worth,
        double p,
        double pHolm,
        List<Share> shares) {
    public PictureWorth {
        shares = List.copyOf(shares);
    }

    /** Whether it is more than chance, and {@value JointEffects#LEAST_RANGE} nat or more, either way. */
    public boolean significant() {
        return pHolm <= MeanCurve.LEVEL && Math.abs(worth.value()) >= JointEffects.LEAST_RANGE;
    }

    /** The same with another correction. */
    PictureWorth corrected(double holm) {
        return new PictureWorth(control, n, clusters, own, other, worth, p, holm, shares);
    }

    /**
     * What a pathway's most harmful window takes of the worth.
     *
     * @param key what is cut
     * @param layer in the window's middle
     * @param n samples that have this cut
     * @param clusters that these are of
     * @param share (ȳ(uncut) − ȳ(cut)) / (ȳ(uncut) − ȳ(other picture)), y the answer's log-probability; none if the denominator
     *     is below {@value JointEffects#LEAST_RANGE} nat
     */
    public record Share(CurveKey key, int layer, int n, int clusters, Estimate share) {}
}
