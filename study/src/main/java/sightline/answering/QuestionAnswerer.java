package sightline.answering;

import sightline.dataset.OfficialQuestion;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/** Has one question after the other answered by one model. */
final class QuestionAnswerer implements AutoCloseable {
    private final Mllama model;
    private final AnswerPlan plan;
    private final SeenPictures pictures;

    QuestionAnswerer(Mllama model, AnswerPlan plan) {
        this.model = model;
        this.plan = plan;
        this.pictures = new SeenPictures(model);
    }

    /**
     * Answers one.
     *
     * @param content of its picture, as {@link PictureHashes} gives it
     * @throws InputException if this question cannot be asked; others may
     */
    Answer answer(OfficialQuestion sample, String content) {
        WordPlaces places = WordPlaces.of(sample.questionFile() + ", id " + sample.id());
        Prompt question = plan.dataset().prompt().fill(sample.question().text(), plan.choices(sample), places);
        EncodedPrompt prompt = model.processor().prompt(question, places);
        Decoding decoding = plan.decoding(sample.id());
        requireRoom(prompt.length() + decoding.maxNewTokens());
        VisionMemory seen = pictures.see(Folders.file(plan.images(), sample.image()), content);
        return model.answer(prompt, seen, plan.rows(), decoding, Progress.NONE);
    }

    private void requireRoom(int needed) {
        int positions = model.config().text().maxPositions();
        if (needed > positions) {
            throw new InputException(
                    "question",
                    "takes " + needed + " tokens with its answer",
                    "at most " + positions + ", the model's context",
                    "Give a smaller --max-new-tokens, or drop that question");
        }
    }

    @Override
    public void close() {
        pictures.close();
    }
}
