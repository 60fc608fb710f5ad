package sightline.ask;

import sightline.model.VisionLanguageModel;
import java.util.List;
import sightline.error.InputException;
import sightline.mllama.Mllama;

/** Checks an answer that is given as token ids. */
final class AnswerTokens {
    private AnswerTokens() {}

    /**
     * The ids, if the model can say each of them and none ends the answer.
     *
     * @throws InputException naming the first that is wrong
     */
    static int[] checked(List<Integer> ids, VisionLanguageModel model) {
        int vocabulary = model.config().text().vocabulary();
        for (int id : ids) {
            if (id >= vocabulary || !model.processor().hasToken(id)) {
                throw wrong(
                        "holds " + id + ", which is no token that the model can say",
                        "ids from 0 to " + (vocabulary - 1));
            }
            if (model.generation().endTokens().contains(id)) {
                throw wrong(
                        "holds " + id + ", the end token " + model.processor().token(id),
                        "the answer without its end token");
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static InputException wrong(String problem, String expected) {
        return new InputException("--answer-tokens", problem, expected, "Change or drop that id");
    }
}
