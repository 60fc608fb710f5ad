package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import sightline.dataset.AnsweredQuestion;

/**
 * What a sample's numbers are of: those of a line that differs in any of it are another sample's, though the ids be equal.
 *
 * @param picture the SHA-256 of the file {@code image} when it was looked at; empty if there was none, or in lines of format
 *     1, which do not tell it
 * @param choices in the order in which the model saw them
 */
record SampleIdentity(
        String image,
        String picture,
        String question,
        List<String> choices,
        List<String> categories,
        List<Integer> answerTokens) {
    static SampleIdentity of(AnsweredQuestion sample, String picture) {
        return new SampleIdentity(
                sample.image(),
                picture,
                sample.question(),
                sample.choices(),
                sample.categories(),
                IntStream.of(sample.answerTokens()).boxed().toList());
    }

    /** As a line of a journal tells it; a field that is missing there is empty. */
    static SampleIdentity of(JsonNode line) {
        return new SampleIdentity(
                line.path("image").asText(""),
                line.path("picture_sha256").asText(""),
                line.path("question").asText(""),
                texts(line.path("choices")),
                texts(line.path("categories")),
                StreamSupport.stream(line.path("answer_tokens").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
