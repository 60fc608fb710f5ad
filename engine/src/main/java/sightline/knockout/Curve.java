package sightline.knockout;

import sightline.model.Masking;

/**
 * How likely the answer stays when one pathway is cut in a window around each layer.
 *
 * @param pathway what is cut
 * @param k window size
 * @param masking what a row reads if nothing is left
 * @param tokenProbability [answer token][layer]
 */
public record Curve(Pathway pathway, int k, Masking masking, double[][] tokenProbability) {
    /** Whether another curve is of the same cut, over as many answer tokens. */
    boolean isOf(Curve other) {
        return pathway.equals(other.pathway)
                && k == other.k
                && masking == other.masking
                && tokenProbability.length == other.tokenProbability.length;
    }

    /** The whole answer's probability per layer: the product over its tokens. */
    public double[] probability() {
        double[] product = new double[tokenProbability[0].length];
        java.util.Arrays.fill(product, 1);
        for (double[] token : tokenProbability) {
            for (int layer = 0; layer < product.length; layer++) {
                product[layer] *= token[layer];
            }
        }
        return product;
    }
}
