package sightline.scoring;

import java.util.List;
import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;
import sightline.dataset.GroundTruth;
import sightline.dataset.Judging;

/** Scores the answers of one kind of questions, by the published study's rules and by those of the dataset's makers. */
interface Judge {
    /**
     * What the published study says of an answer.
     *
     * @param score from 0 to 1
     * @param kept whether it is among the correct answers
     */
    record Paper(double score, boolean kept) {}

    /** By the rules of the published study. */
    Paper paper(AnswerEntry answer);

    /** By those of the makers, from 0 to 1; there is a ground truth. */
    double official(AnswerEntry answer);

    /** By those of the makers in 2016, if they were others. */
    default OptionalDouble official2016(AnswerEntry answer) {
        return OptionalDouble.empty();
    }

    /** Whether an answer of this official score is among the correct ones, where the published study's is not asked for. */
    default boolean isRight(double official) {
        return official >= 1;
    }

    /** The entry as it is kept. */
    default AnswerEntry kept(AnswerEntry answer, OptionalDouble score) {
        return answer;
    }

    /** The one for a kind of questions. Not safe for several threads. */
    static Judge of(Judging judging) {
        return switch (judging) {
            case PEOPLE -> new PeopleJudge();
            case CHOICE -> new ChoiceJudge();
            case SIMILARITY -> new SimilarityJudge();
        };
    }

    /** The texts of an answer's ground truths. */
    static List<String> texts(AnswerEntry answer) {
        return answer.groundTruths().stream().map(GroundTruth::text).toList();
    }

    /** Refuses an answer on whose question nobody was asked; the published scripts end there with an error. */
    static void requireTruths(AnswerEntry answer, String error) {
        if (answer.groundTruths().isEmpty()) {
            throw new UnscorableException("no ground-truth answers (" + error + ")");
        }
    }
}
