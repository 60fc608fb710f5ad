package sightline.ask;

import java.util.List;
import sightline.answering.SampleChecks;
import sightline.error.InputException;
import sightline.model.VisionLanguageModel;

/** Checks an answer that is given as token ids. */
final class AnswerTokens {
    private static final String PLACE = "--answer-tokens";
    private static final String NEXT_STEP = "Change or drop that id";

    private AnswerTokens() {}

    /**
     * The ids, if the model can say each of them and none ends the answer.
     *
     * @throws InputException naming the first that is wrong
     */
    static int[] checked(List<Integer> ids, VisionLanguageModel model) {
        for (int id : ids) {
            SampleChecks.requireSayable(model, id, PLACE, "which is no token that the model can say", NEXT_STEP);
            if (model.generation().endTokens().contains(id)) {
                throw new InputException(
                        PLACE,
                        "holds " + id + ", the end token " + model.processor().token(id),
                        "the answer without its end token",
                        NEXT_STEP);
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
