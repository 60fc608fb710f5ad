package sightline.answering;

import sightline.dataset.OfficialQuestion;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/** Has one question after the other answered by one model. */
final class QuestionAnswerer implements AutoCloseable {
    private final VisionLanguageModel model;
    private final AnswerPlan plan;
    private final SeenPictures pictures;

    /** @param pictures of the plan's folder; closed by the caller */
    QuestionAnswerer(VisionLanguageModel model, AnswerPlan plan, SamplePictures pictures) {
        this.model = model;
        this.plan = plan;
        this.pictures = new SeenPictures(model, pictures);
    }

    /**
     * Answers one.
     *
     * @throws sightline.error.InputException if this question cannot be asked; others may
     */
    Answer answer(OfficialQuestion sample) {
        WordPlaces places = WordPlaces.of(sample.questionFile() + ", id " + sample.id());
        Prompt question = plan.dataset().prompt().fill(sample.question().text(), plan.choices(sample), places);
        VisionMemory seen = pictures.see(sample.image());
        EncodedPrompt prompt = model.processor().prompt(question, places, seen.tokens());
        Decoding decoding = plan.decoding(sample.id());
        int tokens = prompt.length() + decoding.maxNewTokens();
        SampleChecks.requireRoom(
                model,
                tokens,
                "question",
                "takes " + tokens + " tokens with its answer",
                "Give a smaller --max-new-tokens, or drop that question");
        return model.answer(prompt, seen, plan.rows(), decoding, Progress.NONE);
    }

    @Override
    public void close() {
        pictures.close();
    }
}
