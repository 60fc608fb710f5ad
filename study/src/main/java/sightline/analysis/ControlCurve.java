package sightline.analysis;

/**
 * What a pathway's control does: as many other sources, drawn at random, are cut in its place. Arrays have a value per layer.
 *
 * @param n samples that have a control; those with too few other tokens have none
 * @param clusters that these are of
 * @param mean of the control's centred change, percent
 * @param error its standard error over clusters
 * @param low lower end of its 95 % interval, of each window alone; NaN without one
 * @param high upper end
 * @param carried whether enough clusters carry the mean's spread to draw a band of it
 * @param difference mean of pathway − control over the same samples, points
 * @param p that a difference as clear as this one's shows at any window if there is none (sign flips of clusters); 1 with
 *     fewer than 10 clusters
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for drawing; made here, changed by nobody
public record ControlCurve(
        int n,
        int clusters,
        double[] mean,
        double[] error,
        double[] low,
        double[] high,
        boolean[] carried,
        double[] difference,
        double[] p) {}
