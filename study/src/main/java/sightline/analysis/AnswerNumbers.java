package sightline.analysis;

import sightline.knockout.AnswerMeasures;

/**
 * A whole answer under one condition.
 *
 * @param probability at the run's temperature
 * @param logP its log-probability at temperature 1, nats
 * @param logOdds nats
 */
public record AnswerNumbers(double probability, double logP, double logOdds) {
    /** Gathers the answer's tokens. */
    static final class Tally {
        private double probability = 1;
        private double logP;
        private double ofOdds;

        void add(double tokenProbability, double tokenLogP, double tokenLogOdds) {
            probability *= tokenProbability;
            logP += tokenLogP;
            ofOdds += AnswerMeasures.logP(tokenLogOdds);
        }

        AnswerNumbers answer() {
            return new AnswerNumbers(probability, logP, AnswerMeasures.logOdds(ofOdds));
        }
    }
}
