package sightline.dataset;

import java.util.List;
import java.util.Objects;

/**
 * A question that the model answered, ready to be traced: one entry of a filtered dataset.
 *
 * @param dataset where it comes from
 * @param id its id there
 * @param image the picture's file, relative to the folder of images
 * @param question as people asked it
 * @param choices the answers to choose from in the order in which the model saw them; empty without choices
 * @param categories those that it belongs to; DocVQA's may be several
 * @param answer what the model said
 * @param answerTokens its token ids, end and padding tokens stripped; at least one
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnsweredQuestion(
        Dataset dataset,
        long id,
        String image,
        String question,
        List<String> choices,
        List<String> categories,
        String answer,
        int[] answerTokens) {
    public AnsweredQuestion {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(image);
        Objects.requireNonNull(question);
        Objects.requireNonNull(answer);
        choices = List.copyOf(choices);
        categories = List.copyOf(categories);
        answerTokens = answerTokens.clone();
    }
}
