package sightline.ask;

import java.util.List;
import sightline.error.InputException;
import sightline.model.Answer;
import sightline.model.VisionLanguageModel;
import sightline.run.FoilTokens;
import sightline.run.Foils;

/** What an answer is held against, or why it cannot be. */
final class FoilIds {
    private FoilIds() {}

    /**
     * The tokens.
     *
     * @param choices those of the question
     * @throws InputException if foils are named and do not apply to this answer
     */
    static FoilTokens of(VisionLanguageModel model, Foils foils, List<String> choices, Answer answer) {
        FoilTokens tokens = foils.of(model.processor(), choices, answer.tokens());
        if (tokens.none() && foils.named()) {
            throw foils.choices()
                    ? new InputException(
                            "--foil-choices",
                            "none of the choices begins as the answer, " + answer.text() + ", or they begin alike and"
                                    + " none is the answer to the letter",
                            "one of the choices as the answer",
                            "Name what might be said instead with --foil")
                    : new InputException(
                            "--foil",
                            String.join(", ", foils.texts()) + " is the answer itself",
                            "what might be said in its place",
                            "Leave it out, or name another");
        }
        return tokens;
    }
}
