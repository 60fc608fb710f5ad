package sightline.knockout;

import java.util.List;
import java.util.Optional;

/**
 * What a sweep found, in plain Java arrays, with the request that it answers.
 *
 * @param request what was asked
 * @param baseline each answer token's probability with nothing cut
 * @param candidates per answer token the likeliest tokens with nothing cut, likeliest first
 * @param curves one per pathway × window size × masking, in the request's order
 * @param plan what the sweep was planned to cost; empty if it made no plan
 */
public record Trace(
        SweepRequest request,
        double[] baseline,
        List<List<Candidate>> candidates,
        List<Curve> curves,
        Optional<SweepCost> plan) {
    /**
     * A token that could have been said.
     *
     * @param token id
     * @param probability at the request's temperature
     */
    public record Candidate(int token, double probability) {}

    /**
     * How far two traces of one request lie apart: the largest difference of a token's probability, relative to the
     * other trace's.
     */
    public double largestDifference(Trace other) {
        double largest = difference(baseline, other.baseline);
        for (int i = 0; i < curves.size(); i++) {
            double[][] mine = curves.get(i).tokenProbability();
            double[][] its = other.curves.get(i).tokenProbability();
            for (int token = 0; token < mine.length; token++) {
                largest = Math.max(largest, difference(mine[token], its[token]));
            }
        }
        return largest;
    }

    private static double difference(double[] mine, double[] its) {
        double largest = 0;
        for (int i = 0; i < mine.length; i++) {
            largest = Math.max(largest, Math.abs(mine[i] - its[i]) / Math.max(its[i], Float.MIN_NORMAL));
        }
        return largest;
    }

    /** The whole answer's probability with nothing cut: the product over its tokens. */
    public double probability() {
        double product = 1;
        for (double token : baseline) {
            product *= token;
        }
        return product;
    }
}
