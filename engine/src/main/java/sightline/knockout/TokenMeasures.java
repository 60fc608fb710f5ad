package sightline.knockout;

/**
 * What the logits z at an answer token's last row say of that token, a, at temperature 1. Nats; sums in float64.
 *
 * @param logP z_a − LSE(z)
 * @param logOdds z_a − LSE(z without a), capped at ±{@value #CAP}
 * @param margin z_a less the largest other logit: greedy decoding says a if it is above 0
 * @param foil z_a less the logit of the foil: the likeliest other token with nothing cut; where foils are named, and a is the
 *     answer's first token, the largest of theirs
 * @param rank 1 + the number of tokens before a, likeliest first and among equals the lowest id first
 * @param rival the likeliest other token; among equals the lowest id. With nothing cut it is the foil that
 *     stands where none is named
 * @param kl Σ P · log(P / P_cut), P with nothing cut; 0 up to rounding with nothing cut
 */
public record TokenMeasures(double logP, double logOdds, double margin, double foil, int rank, int rival, double kl) {
    /** Log-odds beyond this are cut off: e^710 is the end of float64. */
    public static final double CAP = 700;

    /** The same with another foil. */
    public TokenMeasures withFoil(double nats) {
        return new TokenMeasures(logP, logOdds, margin, nats, rank, rival, kl);
    }

    /**
     * The token that greedy decoding says.
     *
     * @param answer a
     */
    public int top(int answer) {
        return margin > 0 || (margin == 0 && answer < rival) ? answer : rival;
    }
}
