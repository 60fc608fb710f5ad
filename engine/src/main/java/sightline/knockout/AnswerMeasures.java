package sightline.knockout;

import java.util.Optional;

/**
 * The measures of a whole answer, from those of its tokens.
 *
 * @param tokens how many tokens it has
 * @param logP the answer's log-probability at temperature 1: the tokens' sum, nats
 * @param logOdds log(p / (1 − p)), nats
 * @param margin the tokens' smallest: greedy decoding says the answer if it is above 0
 * @param foil the first token's
 * @param rank the tokens' largest
 * @param flip whether greedy decoding says anything else; where the end was asked for, also whether it goes on behind the answer
 * @param ends whether greedy decoding, behind the answer's tokens, ends it there; empty if that was not asked for
 * @param kl the tokens' mean, nats
 */
public record AnswerMeasures(
        int tokens,
        double logP,
        double logOdds,
        double margin,
        double foil,
        int rank,
        boolean flip,
        Optional<Boolean> ends,
        double kl) {
    /** Measures of which the end was not asked for. */
    public AnswerMeasures(
            int tokens, double logP, double logOdds, double margin, double foil, int rank, boolean flip, double kl) {
        this(tokens, logP, logOdds, margin, foil, rank, flip, Optional.empty(), kl);
    }

    /**
     * The measures of an answer.
     *
     * @param read each token's
     * @param answer each token's id
     * @throws IllegalArgumentException if there are no tokens, or not as many of both
     */
    public static AnswerMeasures of(TokenMeasures[] read, int... answer) {
        int[] top = new int[read.length];
        for (int token = 0; token < read.length; token++) {
            top[token] = read[token].top(answer[token]);
        }
        return of(read, top, answer);
    }

    private static AnswerMeasures of(TokenMeasures[] read, int[] top, int... answer) {
        if (read.length == 0 || read.length != answer.length) {
            throw new IllegalArgumentException(read.length + " tokens' measures for " + answer.length + " tokens");
        }
        double logP = 0;
        double ofOdds = 0;
        double margin = Double.POSITIVE_INFINITY;
        int rank = 1;
        boolean flip = false;
        double kl = 0;
        for (int token = 0; token < read.length; token++) {
            TokenMeasures one = read[token];
            logP += one.logP();
            ofOdds += logP(one.logOdds());
            margin = Math.min(margin, one.margin());
            rank = Math.max(rank, one.rank());
            flip |= top[token] != answer[token];
            kl += one.kl();
        }
        return new AnswerMeasures(
                read.length, logP, logOdds(ofOdds), margin, read[0].foil(), rank, flip, kl / read.length);
    }

    /**
     * The same answer where it is known whether greedy decoding ends it: one that goes on is another answer.
     *
     * @param known empty if it is not
     */
    public AnswerMeasures ending(Optional<Boolean> known) {
        return new AnswerMeasures(tokens, logP, logOdds, margin, foil, rank, flip || !known.orElse(true), known, kl);
    }

    /** Whether greedy decoding says the answer's tokens, and then goes on. */
    public boolean goesOn() {
        return margin > 0 && !ends.orElse(true);
    }

    /** The log-probability of a token on average, nats: answers of any length compare. */
    public double logPPerToken() {
        return logP / tokens;
    }

    /** The log-probability that log-odds stand for: −log(1 + e^−o), without loss where it is near 0. */
    public static double logP(double logOdds) {
        return -Math.log1p(Math.exp(-logOdds));
    }

    /** The log-odds of a log-probability x: x − log(1 − e^x), without loss where x is near 0. */
    public static double logOdds(double logP) {
        return logP - Math.log(-Math.expm1(logP));
    }
}
