package sightline.analysis;

/**
 * What a pathway's control does: as many other sources, drawn at random, are cut in its place.
 *
 * @param n samples that have a control; those with too few other tokens have none
 * @param clusters that these are of
 * @param random the control's centred change, percent
 * @param difference pathway − control over the same samples, points
 * @param p by layer: that a difference as clear as this one's shows at any window if there is none (sign flips of clusters); 1
 *     with fewer than 10 clusters
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for drawing; made here, changed by nobody
public record ControlCurve(int n, int clusters, LayerMeans random, LayerMeans difference, double[] p) {}
