package sightline.ask;

import java.util.stream.Collectors;
import sightline.answering.SampleChecks;
import sightline.error.InputException;
import sightline.model.Answer;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.text.EncodedPrompt;
import sightline.text.PromptFormat;

/** Finds the answer that is traced. */
final class AnswerFinder {
    private final Answering answering;
    private final String wording;

    /** @param wording the name of the format around the question */
    AnswerFinder(Answering answering, String wording) {
        this.answering = answering;
        this.wording = wording;
    }

    /**
     * The answer that is given, or else the model's own.
     *
     * @throws InputException if there is none, or it does not fit into the model's context
     */
    Answer find(AskWork work, VisionLanguageModel model, EncodedPrompt encoded, VisionMemory seen) {
        if (answering.text().isPresent()) {
            String text = answering.text().get();
            return new Answer(model.processor().answerTokens(text), text, true);
        }
        if (answering.tokens().isPresent()) {
            int[] ids = AnswerTokens.checked(answering.tokens().get(), model);
            return new Answer(ids, model.processor().decode(ids), true);
        }
        int most = answering.decoding().maxNewTokens();
        int prompted = encoded.length();
        int positions = SampleChecks.positions(model);
        SampleChecks.requireRoom(
                model,
                prompted + 1,
                "prompt",
                "takes " + prompted + " tokens",
                "less than " + positions + ", the model's context, so that an answer fits behind it",
                "Shorten the question");
        SampleChecks.requireRoom(
                model,
                (long) prompted + most,
                "--max-new-tokens",
                most + " tokens behind the prompt's " + prompted + " do not fit into the model's context",
                "at most " + (positions - prompted),
                "Give a smaller --max-new-tokens");
        Answer answer = work.during(
                "answering",
                "tokens at most",
                meter -> model.answer(encoded, seen, answering.rows(), answering.decoding(), meter, work::said));
        if (answer.tokens().length == 0) {
            throw new InputException(
                    "answer",
                    "the model ended its answer before the first token, so there is nothing to trace",
                    "",
                    "Ask in another wording, such as " + otherWordings()
                            + ", or give the answer to trace with --answer");
        }
        return answer;
    }

    /** A model may answer to the wordings that it was trained on alone. */
    private String otherWordings() {
        return PromptFormat.names().stream()
                .filter(name -> !name.equals(wording))
                .map(name -> "--prompt " + name
                        + (PromptFormat.of(name).choices() > 0
                                ? " (with " + PromptFormat.of(name).choices() + " times --choice)"
                                : ""))
                .collect(Collectors.joining(", "));
    }

    /**
     * Refuses an answer that does not fit behind its prompt.
     *
     * @param answer its tokens
     */
    static void requireRoom(VisionLanguageModel model, EncodedPrompt encoded, int answer) {
        int needed = encoded.length() + answer;
        SampleChecks.requireRoom(
                model, needed, "prompt and answer", "take " + needed + " tokens", "Shorten the question or the answer");
    }
}
