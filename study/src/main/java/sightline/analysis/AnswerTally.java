package sightline.analysis;

import java.util.Arrays;
import sightline.knockout.AnswerMeasures;

/** Measures of whole answers out of those of their tokens, a number for each of some places. */
final class AnswerTally {
    private final double[] logP;
    private final double[] ofOdds;
    private final double[] margin;
    private final double[] foil;
    private final double[] kl;
    private final int[] rank;
    private final boolean[] flip;
    private int tokens;

    AnswerTally(int places) {
        logP = new double[places];
        ofOdds = new double[places];
        margin = new double[places];
        Arrays.fill(margin, Double.POSITIVE_INFINITY);
        foil = new double[places];
        kl = new double[places];
        rank = new int[places];
        flip = new boolean[places];
    }

    /** A token's measures at one place; {@code flip} if greedy decoding says another. */
    record Token(double logP, double logOdds, double margin, double foil, int rank, boolean flip, double kl) {}

    /** Takes the next token's, one for each place. */
    void add(Token... places) {
        for (int place = 0; place < places.length; place++) {
            Token token = places[place];
            logP[place] += token.logP();
            ofOdds[place] += AnswerMeasures.logP(token.logOdds());
            margin[place] = Math.min(margin[place], token.margin());
            foil[place] = tokens == 0 ? token.foil() : foil[place];
            kl[place] += token.kl();
            rank[place] = Math.max(rank[place], token.rank());
            flip[place] |= token.flip();
        }
        tokens++;
    }

    /** The answer's, one for each place. */
    AnswerMeasures[] answer() {
        AnswerMeasures[] answer = new AnswerMeasures[logP.length];
        Arrays.setAll(
                answer,
                place -> new AnswerMeasures(
                        tokens,
                        logP[place],
                        AnswerMeasures.logOdds(ofOdds[place]),
                        margin[place],
                        foil[place],
                        rank[place],
                        flip[place],
                        kl[place] / tokens));
        return answer;
    }
}
