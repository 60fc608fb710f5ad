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
    static AnswerNumbers of(double probability, AnswerMeasures measures) {
        return new AnswerNumbers(probability, measures.logP(), measures.logOdds());
    }
}
