package sightline.dataset;

import java.util.List;

/**
 * A filtered dataset, read.
 *
 * @param questions in the order of the file
 * @param skipped entries that could not be used
 * @param remarks what a reader should know: whole sentences without a full stop
 */
public record AnsweredQuestions(List<AnsweredQuestion> questions, List<Skip> skipped, List<String> remarks) {
    public AnsweredQuestions {
        questions = List.copyOf(questions);
        skipped = List.copyOf(skipped);
        remarks = List.copyOf(remarks);
    }
}
