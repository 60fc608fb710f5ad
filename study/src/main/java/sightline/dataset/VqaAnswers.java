package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** VQAv2's list of what ten people answered; any number is taken. */
final class VqaAnswers {
    private VqaAnswers() {}

    static List<GroundTruth> of(Entry entry, String field, Texts texts) throws Entry.Unusable {
        JsonNode list = entry.list(field);
        List<GroundTruth> answers = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            String place = field + "[" + i + "]";
            JsonNode answer = list.get(i);
            if (!answer.isObject()) {
                throw entry.unusable(place, "object expected, " + JsonEntries.kind(answer) + " found");
            }
            answers.add(texts.one(answer(entry, place, i, answer, texts)));
        }
        return answers;
    }

    private static GroundTruth answer(Entry entry, String place, int i, JsonNode json, Texts texts)
            throws Entry.Unusable {
        JsonNode text = json.path("answer");
        if (!text.isTextual()) {
            String problem = text.isMissingNode()
                    ? "answer " + i + " has no text"
                    : text.isNull()
                            ? "answer " + i + " is null"
                            : "string expected, " + JsonEntries.kind(text) + " found";
            throw entry.unusable(place + ".answer", problem);
        }
        JsonNode confidence = json.path("answer_confidence");
        JsonNode id = json.path("answer_id");
        if (!confidence.isMissingNode() && !confidence.isTextual()) {
            throw entry.unusable(
                    place + ".answer_confidence", "string expected, " + JsonEntries.kind(confidence) + " found");
        }
        if (!id.isMissingNode() && !(id.isIntegralNumber() && id.canConvertToInt() && id.intValue() >= 0)) {
            throw entry.unusable(place + ".answer_id", "small whole number expected, " + id + " found");
        }
        return new GroundTruth(
                texts.one(text.textValue()), texts.one(confidence.asText("")), id.isMissingNode() ? -1 : id.intValue());
    }
}
