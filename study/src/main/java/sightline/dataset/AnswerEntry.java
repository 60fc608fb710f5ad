package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A model's answer to one question, in the form in which the published study keeps answers.
 *
 * @param question its image is empty if it was read from a file; of the categories, Visual7W's answers tell theirs
 * @param answer what the model said
 * @param answerTokens its token ids; published files keep the end token and padding
 * @param groundTruths what people answered; published files may have none
 * @param anlsScore DocVQA's score, which scoring adds
 * @param others fields beyond these, kept as they are
 * @param entry its place in the file it was read from, from 0; -1 if it was not
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnswerEntry(
        Question question,
        String answer,
        int[] answerTokens,
        List<GroundTruth> groundTruths,
        OptionalDouble anlsScore,
        Map<String, JsonNode> others,
        int entry) {
    public AnswerEntry {
        Objects.requireNonNull(question);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(anlsScore);
        groundTruths = List.copyOf(groundTruths);
        others = others.isEmpty() ? Map.of() : new LinkedHashMap<>(others);
    }

    /**
     * The answer to a question.
     *
     * @param choices in the order in which the model saw them; empty without choices
     */
    public static AnswerEntry of(OfficialQuestion official, List<String> choices, String answer, int[] answerTokens) {
        return new AnswerEntry(
                official.question().withChoices(choices),
                answer,
                answerTokens,
                official.groundTruths(),
                OptionalDouble.empty(),
                Map.of(),
                -1);
    }

    /** The question's id. */
    public long id() {
        return question.id();
    }

    /** The question's dataset. */
    public Dataset dataset() {
        return question.dataset();
    }

    /** The same with DocVQA's score. */
    public AnswerEntry withAnlsScore(double score) {
        return new AnswerEntry(question, answer, answerTokens, groundTruths, OptionalDouble.of(score), others, entry);
    }

    /** The same with other tokens. */
    public AnswerEntry withTokens(int[] tokens) {
        return new AnswerEntry(question, answer, tokens, groundTruths, anlsScore, others, entry);
    }

    /** All fields: the published ones in the published order, then ours. */
    public ObjectNode json() {
        ObjectNode json = published();
        addOthers(json);
        return json;
    }

    /** The published fields in the published order. */
    ObjectNode published() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(dataset().idField(), id());
        json.put("answer", answer);
        ArrayNode tokens = json.putArray("answer_tokens");
        for (int token : answerTokens) {
            tokens.add(token);
        }
        json.set("gt_answer", dataset().form().json(groundTruths));
        json.put("question", question.text());
        dataset().form().addAnswered(json, question);
        anlsScore.ifPresent(score -> json.put("anls_score", score));
        return json;
    }

    /** Adds our fields and those kept as they were, unless they are there. */
    void addOthers(ObjectNode json) {
        if (!question.choices().isEmpty()) {
            ArrayNode shown = json.putArray("choices");
            question.choices().forEach(shown::add);
        }
        others.forEach(json::putIfAbsent);
    }
}
