package sightline.selection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import sightline.dataset.AnswerEntry;
import sightline.dataset.OfficialQuestion;

/** A correct answer joined with its question, in the published form. */
final class CorrectEntry {
    /** The padding token in published files; the end token before it stays. */
    private static final int PADDING = 128004;

    private CorrectEntry() {}

    static int[] withoutPadding(int[] tokens) {
        int length = tokens.length;
        while (length > 0 && tokens[length - 1] == PADDING) {
            length--;
        }
        return Arrays.copyOf(tokens, length);
    }

    static ObjectNode json(AnswerEntry answer, OfficialQuestion sample) {
        ObjectNode json =
                answer.withTokens(withoutPadding(answer.answerTokens())).published();
        switch (sample.dataset()) {
            case VQAV2 -> {
                json.put("answer_type", sample.categories().get(0));
                json.put("image_id", sample.imageId());
                if (!sample.publishedImage()) {
                    json.put("image", sample.image());
                }
            }
            case VISUAL7W -> {
                json.put("image_id", sample.imageId());
                ArrayNode wrong = json.putArray("multiple_choices");
                sample.choices().stream().skip(1).forEach(wrong::add);
                json.put("type", sample.categories().get(0));
            }
            case DOCVQA -> {
                ArrayNode types = json.putArray("question_types");
                sample.categories().forEach(types::add);
                json.put("image", sample.imageField());
            }
        }
        answer.addOthers(json);
        return json;
    }
}
