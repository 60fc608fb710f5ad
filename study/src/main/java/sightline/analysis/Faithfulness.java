package sightline.analysis;

import java.util.Arrays;
import java.util.List;

/**
 * Areas under a curve of faithfulness over shares of what is kept, by trapezoids between the shares, as MIB's code takes them
 * (2504.13151): not divided by the shares' range.
 */
final class Faithfulness {
    private Faithfulness() {}

    /**
     * The area under a curve; of kept shares CPR.
     *
     * @param shares ascending
     * @param f one for each
     */
    static double area(List<Double> shares, double... f) {
        double area = 0;
        double[] weights = weights(shares);
        for (int i = 0; i < f.length; i++) {
            area += weights[i] * f[i];
        }
        return area;
    }

    /** The area between a curve and 1, whichever side it is on; of kept shares CMD. */
    static double distance(List<Double> shares, double... f) {
        return area(shares, Arrays.stream(f).map(value -> Math.abs(1 - value)).toArray());
    }

    /** How much each share's value counts in an area. */
    static double[] weights(List<Double> shares) {
        double[] weights = new double[shares.size()];
        for (int i = 1; i < weights.length; i++) {
            double half = (shares.get(i) - shares.get(i - 1)) / 2;
            weights[i - 1] += half;
            weights[i] += half;
        }
        return weights;
    }
}
