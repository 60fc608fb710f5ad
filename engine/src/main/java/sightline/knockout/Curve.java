package sightline.knockout;

import java.util.Arrays;

/**
 * How likely the answer stays under one intervention in a window around each layer.
 *
 * @param intervention what is changed
 * @param k window size
 * @param masking what a row reads if nothing is left
 * @param tokenProbability [answer token][layer]
 */
public record Curve(Intervention intervention, int k, Masking masking, double[][] tokenProbability) {
    /** Whether another curve is of the same intervention, over as many answer tokens. */
    boolean isOf(Curve other) {
        return intervention.equals(other.intervention)
                && k == other.k
                && masking == other.masking
                && tokenProbability.length == other.tokenProbability.length;
    }

    /** The whole answer's probability per layer: the product over its tokens. */
    public double[] probability() {
        double[] product = new double[tokenProbability[0].length];
        Arrays.fill(product, 1);
        for (double[] token : tokenProbability) {
            for (int layer = 0; layer < product.length; layer++) {
                product[layer] *= token[layer];
            }
        }
        return product;
    }
}
