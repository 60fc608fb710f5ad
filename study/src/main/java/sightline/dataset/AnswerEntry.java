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
 * @param dataset where the question comes from
 * @param id its id there
 * @param answer what the model said
 * @param answerTokens its token ids; published files keep the end token and padding
 * @param groundTruths what people answered; published files may have none
 * @param question as people asked it
 * @param type Visual7W's kind of question; empty for the others
 * @param choices ours, not in published files: Visual7W's choices in the order in which the model saw them; maybe empty
 * @param anlsScore DocVQA's score, which scoring adds
 * @param others fields beyond these, kept as they are
 * @param entry its place in the file it was read from, from 0; -1 if it was not
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnswerEntry(
        Dataset dataset,
        long id,
        String answer,
        int[] answerTokens,
        List<GroundTruth> groundTruths,
        String question,
        String type,
        List<String> choices,
        OptionalDouble anlsScore,
        Map<String, JsonNode> others,
        int entry) {
    public AnswerEntry {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(question);
        Objects.requireNonNull(type);
        Objects.requireNonNull(anlsScore);
        groundTruths = List.copyOf(groundTruths);
        choices = List.copyOf(choices);
        others = others.isEmpty() ? Map.of() : new LinkedHashMap<>(others);
    }

    /**
     * The answer to a question.
     *
     * @param choices in the order in which the model saw them; empty without choices
     */
    public static AnswerEntry of(OfficialQuestion sample, List<String> choices, String answer, int[] answerTokens) {
        return new AnswerEntry(
                sample.dataset(),
                sample.id(),
                answer,
                answerTokens,
                sample.groundTruths(),
                sample.question(),
                sample.dataset() == Dataset.VISUAL7W ? sample.categories().get(0) : "",
                choices,
                OptionalDouble.empty(),
                Map.of(),
                -1);
    }

    /** The same with DocVQA's score. */
    public AnswerEntry withAnlsScore(double score) {
        return new AnswerEntry(
                dataset,
                id,
                answer,
                answerTokens,
                groundTruths,
                question,
                type,
                choices,
                OptionalDouble.of(score),
                others,
                entry);
    }

    /** The same with other tokens. */
    public AnswerEntry withTokens(int[] tokens) {
        return new AnswerEntry(
                dataset, id, answer, tokens, groundTruths, question, type, choices, anlsScore, others, entry);
    }

    /** All fields: the published ones in the published order, then ours. */
    public ObjectNode json() {
        ObjectNode json = published();
        addOthers(json);
        return json;
    }

    /** The published fields in the published order. */
    public ObjectNode published() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(dataset.idField(), id);
        json.put("answer", answer);
        ArrayNode tokens = json.putArray("answer_tokens");
        for (int token : answerTokens) {
            tokens.add(token);
        }
        switch (dataset) {
            case VQAV2 -> {
                ArrayNode people = json.putArray("gt_answer");
                groundTruths.forEach(truth -> people.add(person(truth)));
            }
            case VISUAL7W -> json.put("gt_answer", groundTruths.get(0).text());
            case DOCVQA -> {
                ArrayNode texts = json.putArray("gt_answer");
                groundTruths.forEach(truth -> texts.add(truth.text()));
            }
        }
        json.put("question", question);
        if (dataset == Dataset.VISUAL7W) {
            json.put("q_type", type);
        }
        anlsScore.ifPresent(score -> json.put("anls_score", score));
        return json;
    }

    private static ObjectNode person(GroundTruth truth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("answer", truth.text());
        if (!truth.confidence().isEmpty()) {
            json.put("answer_confidence", truth.confidence());
        }
        if (truth.answerId() >= 0) {
            json.put("answer_id", truth.answerId());
        }
        return json;
    }

    /** Adds our fields and those kept as they were, unless they are there. */
    public void addOthers(ObjectNode json) {
        if (!choices.isEmpty()) {
            ArrayNode shown = json.putArray("choices");
            choices.forEach(shown::add);
        }
        others.forEach(json::putIfAbsent);
    }
}
