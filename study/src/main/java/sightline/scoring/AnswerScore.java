package sightline.scoring;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How right one answer is.
 *
 * @param paper the published study's score, from 0 to 1; empty if its rules cannot score the answer, or were not asked
 * @param kept whether it is among the correct answers; empty if that cannot be told
 * @param official the score of the dataset's makers, from 0 to 1; empty if it cannot be told, or was not asked
 * @param official2016 the score of VQAv2's makers until March 2021; empty likewise, and for other datasets
 * @param problem why a score is missing although it was asked for; otherwise empty
 */
public record AnswerScore(
        OptionalDouble paper,
        Optional<Boolean> kept,
        OptionalDouble official,
        OptionalDouble official2016,
        String problem) {
    public AnswerScore {
        Objects.requireNonNull(paper);
        Objects.requireNonNull(kept);
        Objects.requireNonNull(official);
        Objects.requireNonNull(official2016);
        Objects.requireNonNull(problem);
    }
}
