package sightline.analysis;

import java.util.Arrays;
import sightline.statistics.Bootstrap;
import sightline.statistics.Bounds;
import sightline.statistics.Estimate;

/**
 * Means by layer, each with the interval of its window alone.
 *
 * @param mean of all samples
 * @param error its standard error over clusters
 * @param low lower end of its 95 % interval; NaN without one
 * @param high upper end
 * @param carried whether enough clusters carry the mean's spread to draw a band of it
 */
@SuppressWarnings("ArrayRecordComponent") // numbers for drawing; made here, changed by nobody
public record LayerMeans(double[] mean, double[] error, double[] low, double[] high, boolean[] carried) {
    /**
     * Columns that are side by side.
     *
     * @param from the first one
     * @param bounds of the means; intervals are cut to them
     */
    static LayerMeans of(Bootstrap bootstrap, int from, int layers, Bounds bounds) {
        Estimate[] estimates = new Estimate[layers];
        Arrays.setAll(estimates, layer -> bootstrap.estimate(from + layer, bounds));
        boolean[] carried = new boolean[layers];
        for (int layer = 0; layer < layers; layer++) {
            carried[layer] = bootstrap.carried(from + layer);
        }
        return new LayerMeans(
                Arrays.stream(estimates).mapToDouble(Estimate::value).toArray(),
                Arrays.stream(estimates).mapToDouble(Estimate::error).toArray(),
                Arrays.stream(estimates).mapToDouble(Estimate::low).toArray(),
                Arrays.stream(estimates).mapToDouble(Estimate::high).toArray(),
                carried);
    }

    /** One layer's. */
    public Estimate at(int layer) {
        return new Estimate(mean[layer], error[layer], low[layer], high[layer]);
    }
}
