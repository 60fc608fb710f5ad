package sightline.knockout;

import java.util.List;

/**
 * What a sweep found, in plain Java arrays, with the request that it answers.
 *
 * @param request what was asked
 * @param baseline each answer token's probability with nothing cut
 * @param candidates per answer token the likeliest tokens with nothing cut, likeliest first
 * @param curves one per pathway × window size × masking, in the request's order
 */
public record Trace(SweepRequest request, double[] baseline, List<List<Candidate>> candidates, List<Curve> curves) {
    /**
     * A token that could have been said.
     *
     * @param token id
     * @param probability at the request's temperature
     */
    public record Candidate(int token, double probability) {}

    /** The whole answer's probability with nothing cut: the product over its tokens. */
    public double probability() {
        double product = 1;
        for (double token : baseline) {
            product *= token;
        }
        return product;
    }
}
