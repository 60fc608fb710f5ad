package sightline.analysis;

/**
 * The mean change of probability per layer, with its uncertainty.
 *
 * @param n samples in the mean; with 0 of them the arrays are empty
 * @param mean in percent, per layer
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for drawing; made here, changed by nobody
public record MeanCurve(int n, double[] mean, double[] low, double[] high) {}
