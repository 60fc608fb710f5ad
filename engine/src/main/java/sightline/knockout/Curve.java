package sightline.knockout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How likely the answer stays under one intervention in each of several windows, one around each layer as a rule.
 *
 * @param intervention what is changed
 * @param windows in which layers
 * @param masking what a row reads if nothing is left
 * @param tokenProbability [answer token][window]; a window around each layer has the layer's number
 * @param measures [answer token][window]; without tokens if they were not asked for
 * @param alternatives the likeliest tokens, likeliest first, by answer token, then window; empty if they were not asked for
 * @param ends by window, whether greedy decoding ends the answer behind its tokens; empty if that was not asked for
 */
public record Curve(
        Intervention intervention,
        Windows windows,
        Masking masking,
        double[][] tokenProbability,
        TokenMeasures[][] measures,
        List<List<List<Trace.Candidate>>> alternatives,
        boolean[] ends) {
    public Curve {
        alternatives = List.copyOf(alternatives);
    }

    /** A curve of which the answer's end was not asked for. */
    public Curve(
            Intervention intervention,
            Windows windows,
            Masking masking,
            double[][] tokenProbability,
            TokenMeasures[][] measures,
            List<List<List<Trace.Candidate>>> alternatives) {
        this(intervention, windows, masking, tokenProbability, measures, alternatives, new boolean[0]);
    }

    /** A curve of which no alternatives were asked for. */
    public Curve(
            Intervention intervention,
            Windows windows,
            Masking masking,
            double[][] tokenProbability,
            TokenMeasures[][] measures) {
        this(intervention, windows, masking, tokenProbability, measures, List.of());
    }

    /** A curve of windows of size k around each layer, of which only the probabilities were asked for. */
    public Curve(Intervention intervention, int k, Masking masking, double[][] tokenProbability) {
        this(intervention, new Windows.Around(k), masking, tokenProbability, new TokenMeasures[0][]);
    }

    /** The size of the windows around each layer, 0 if these are other windows. */
    public int k() {
        return windows instanceof Windows.Around around ? around.k() : 0;
    }

    /** Whether another curve is of the same intervention in the same windows, be it of another answer. */
    public boolean sameCut(Curve other) {
        return intervention.equals(other.intervention) && windows.equals(other.windows) && masking == other.masking;
    }

    /** Whether another curve is of the same intervention, over as many answer tokens. */
    boolean isOf(Curve other) {
        return sameCut(other)
                && tokenProbability.length == other.tokenProbability.length
                && measures.length == other.measures.length;
    }

    /** The whole answer's probability per window: the product over its tokens. */
    public double[] probability() {
        double[] product = new double[tokenProbability[0].length];
        Arrays.fill(product, 1);
        for (double[] token : tokenProbability) {
            for (int window = 0; window < product.length; window++) {
                product[window] *= token[window];
            }
        }
        return product;
    }

    /**
     * The whole answer's measures with the window around a layer; where ends were asked for, of the answer with its end.
     *
     * @param answer each token's id
     * @throws IllegalArgumentException if measures were not asked for
     */
    public AnswerMeasures answer(int layer, int... answer) {
        return AnswerMeasures.of(
                        Arrays.stream(measures).map(token -> token[layer]).toArray(TokenMeasures[]::new), answer)
                .ending(ends(layer));
    }

    /**
     * What greedy decoding says in a window in the place of each answer token, the answer's earlier ones said.
     *
     * @param answer each token's id
     * @throws IllegalArgumentException if measures were not asked for
     */
    public int[] said(int window, int... answer) {
        if (measures.length != answer.length) {
            throw new IllegalArgumentException(measures.length + " tokens' measures for " + answer.length + " tokens");
        }
        return IntStream.range(0, answer.length)
                .map(token -> measures[token][window].top(answer[token]))
                .toArray();
    }

    /** Whether greedy decoding ends the answer in a window; empty if that was not asked for. */
    public Optional<Boolean> ends(int window) {
        return ends.length == 0 ? Optional.empty() : Optional.of(ends[window]);
    }
}
