package sightline.ask;

import java.util.List;
import sightline.error.InputException;
import sightline.model.Answer;
import sightline.model.VisionLanguageModel;
import sightline.run.Foils;

/** What an answer's first token is held against, or why it cannot be. */
final class FoilIds {
    private FoilIds() {}

    /**
     * The ids; none for the likeliest other token.
     *
     * @param choices those of the question
     * @throws InputException if foils are named and do not apply to this answer
     */
    static List<Integer> of(VisionLanguageModel model, Foils foils, List<String> choices, Answer answer) {
        List<Integer> ids = foils.of(model.processor(), choices, answer.tokens());
        if (ids.isEmpty() && foils.named()) {
            String own = "the answer's own first token, " + model.processor().token(answer.tokens()[0]);
            throw foils.choices()
                    ? new InputException(
                            "--foil-choices",
                            "the choices' first tokens are not all different, or none of them is " + own,
                            "choices that differ at their first token, and one of them as the answer",
                            "Name what might be said instead with --foil")
                    : new InputException(
                            "--foil",
                            String.join(", ", foils.texts()) + " begins with " + own,
                            "texts that begin otherwise",
                            "Leave it out, or name another");
        }
        return ids;
    }
}
