package sightline.dataset;

import java.util.Objects;

/**
 * A question that the model answered, ready to be traced: one entry of a filtered dataset.
 *
 * @param question with the choices in the order in which the model saw them
 * @param answer what the model said
 * @param answerTokens its token ids, end and padding tokens stripped; at least one
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnsweredQuestion(Question question, String answer, int[] answerTokens) {
    public AnsweredQuestion {
        Objects.requireNonNull(question);
        Objects.requireNonNull(answer);
        answerTokens = answerTokens.clone();
    }

    /** The question's id. */
    public long id() {
        return question.id();
    }

    /** The picture's file, relative to the folder of images. */
    public String image() {
        return question.image();
    }
}
