package sightline.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Objects;

/** A correct answer joined with its question, in the published form. */
public record CorrectEntry(AnswerEntry answer, OfficialQuestion official) {
    /** The padding token in published files; the end token before it stays. */
    private static final int PADDING = 128004;

    public CorrectEntry {
        Objects.requireNonNull(answer);
        Objects.requireNonNull(official);
    }

    /** The answer's tokens without padding. */
    public int[] tokens() {
        int[] tokens = answer.answerTokens();
        int length = tokens.length;
        while (length > 0 && tokens[length - 1] == PADDING) {
            length--;
        }
        return Arrays.copyOf(tokens, length);
    }

    /** All fields: the published ones in the published order, then ours. */
    public ObjectNode json() {
        ObjectNode json = answer.withTokens(tokens()).published();
        official.question().dataset().form().addOfficial(json, official);
        answer.addOthers(json);
        return json;
    }
}
