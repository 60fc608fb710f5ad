package sightline.study;

import java.util.Optional;
import sightline.error.InputException;
import sightline.scoring.ScoreReport;

/** How the steps of a study ended. */
public sealed interface StudyEnd {
    /** It was asked to stop: what is done is kept, and the same command goes on from there. */
    record Stopped() implements StudyEnd {}

    /**
     * All steps are done.
     *
     * @param scores how right the answers are
     * @param nothingRight why nothing was traced, if no answer is right; there is no run then, or only one of earlier
     *     answers
     */
    record Finished(ScoreReport scores, Optional<InputException> nothingRight) implements StudyEnd {}
}
