package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.Question;

/**
 * What a sample's numbers are of: those of a line that differs in any of it are another sample's, though the ids be equal.
 *
 * @param question its choices in the order in which the model saw them
 * @param picture the SHA-256 of the file of its picture when it was looked at; empty if there was none, or in lines of format
 *     1, which do not tell it
 */
public record SampleIdentity(Question question, String picture, List<Integer> answerTokens) {
    static SampleIdentity of(AnsweredQuestion sample, String picture) {
        return new SampleIdentity(
                sample.question(),
                picture,
                IntStream.of(sample.answerTokens()).boxed().toList());
    }

    /** As a line of a journal tells it; a field that is missing there is empty. */
    static SampleIdentity of(Dataset dataset, JsonNode line) {
        Question question = new Question(
                dataset,
                line.path("id").asLong(),
                line.path("image").asText(""),
                line.path("question").asText(""),
                texts(line.path("choices")),
                texts(line.path("categories")));
        return new SampleIdentity(
                question,
                line.path("picture_sha256").asText(""),
                StreamSupport.stream(line.path("answer_tokens").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList());
    }

    /** The question's id. */
    long id() {
        return question.id();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
