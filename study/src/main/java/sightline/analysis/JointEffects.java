package sightline.analysis;

import java.util.OptionalDouble;

/**
 * What pathways do together, from an answer's log-odds or log-probability y with nothing cut, with each and with several cut
 * (Grabisch & Roubens 1999 for interaction, Shapley 1953 for shares). Nats.
 */
public final class JointEffects {
    /** Below this difference, in nats, between all and nothing there is nothing to be a share of. */
    public static final double LEAST_RANGE = 0.1;

    private JointEffects() {}

    /**
     * I(A,B) = y(AB) − y(A) − y(B) + y(∅). Below 0 they stand in for each other: each alone looks harmless. Above 0 they are
     * links of one chain.
     */
    public static double interaction(double uncut, double one, double other, double both) {
        return both - one - other + uncut;
    }

    /**
     * Each pathway's share of what is lost when all are cut: φ_A = Σ_{S∌A} |S|! (K − |S| − 1)! / K! · (y(S) − y(S∪A)). They add
     * up to y(∅) − y(all).
     *
     * @param bySubset y of each subset of K pathways: bit i of the index says whether pathway i is cut
     * @throws IllegalArgumentException if there are not 2^K of them
     */
    public static double[] shares(double... bySubset) {
        int pathways = Integer.numberOfTrailingZeros(bySubset.length);
        if (bySubset.length != 1 << pathways) {
            throw new IllegalArgumentException(bySubset.length + " subsets, expected a power of two");
        }
        double[] shares = new double[pathways];
        for (int pathway = 0; pathway < pathways; pathway++) {
            for (int subset = 0; subset < bySubset.length; subset++) {
                if ((subset >> pathway & 1) == 0) {
                    double loss = bySubset[subset] - bySubset[subset | 1 << pathway];
                    shares[pathway] += weight(Integer.bitCount(subset), pathways) * loss;
                }
            }
        }
        return shares;
    }

    /** size! (all − size − 1)! / all! = 1 / (all · binomial(all − 1, size)) */
    private static double weight(int size, int all) {
        double binomial = 1;
        for (int i = 0; i < size; i++) {
            binomial = binomial * (all - 1 - i) / (i + 1);
        }
        return 1 / (all * binomial);
    }

    /**
     * How much of the answer a pathway carries alone: F = (y(kept) − y(nothing)) / (y(uncut) − y(nothing)), y the mean
     * log-probability over samples.
     *
     * @param kept with that pathway alone
     * @param nothing with no edge into the last row
     * @return empty if the denominator is below {@value #LEAST_RANGE} nat either way
     */
    public static OptionalDouble sufficiency(double kept, double nothing, double uncut) {
        double range = uncut - nothing;
        return Math.abs(range) < LEAST_RANGE ? OptionalDouble.empty() : OptionalDouble.of((kept - nothing) / range);
    }
}
