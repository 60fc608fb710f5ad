package sightline.knockout;

import java.util.Arrays;

/**
 * How likely the answer stays under one intervention in a window around each layer.
 *
 * @param intervention what is changed
 * @param k window size
 * @param masking what a row reads if nothing is left
 * @param tokenProbability [answer token][layer]
 * @param measures [answer token][layer]; without tokens if they were not asked for
 */
public record Curve(
        Intervention intervention, int k, Masking masking, double[][] tokenProbability, TokenMeasures[][] measures) {
    /** A curve of which only the probabilities were asked for. */
    public Curve(Intervention intervention, int k, Masking masking, double[][] tokenProbability) {
        this(intervention, k, masking, tokenProbability, new TokenMeasures[0][]);
    }

    /** Whether another curve is of the same intervention, over as many answer tokens. */
    boolean isOf(Curve other) {
        return intervention.equals(other.intervention)
                && k == other.k
                && masking == other.masking
                && tokenProbability.length == other.tokenProbability.length
                && measures.length == other.measures.length;
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

    /**
     * The whole answer's measures with the window around a layer.
     *
     * @param answer each token's id
     * @throws IllegalArgumentException if measures were not asked for
     */
    public AnswerMeasures answer(int layer, int... answer) {
        return AnswerMeasures.of(
                Arrays.stream(measures).map(token -> token[layer]).toArray(TokenMeasures[]::new), answer);
    }
}
