package sightline.run;

import java.nio.file.Path;
import sightline.answering.SampleChecks;
import sightline.answering.SamplePictures;
import sightline.answering.SeenPictures;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.Sweep;
import sightline.sweep.SweepsDifferException;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/** Traces one sample after the other with one model. */
final class SampleTracer implements AutoCloseable {
    private static final double NANOSECONDS = 1e9;

    private final VisionLanguageModel model;
    private final Path samples;
    private final RunSettings settings;
    private final SeenPictures pictures;

    /**
     * @param samples the file that they are read from, for errors
     * @param pictures of these samples; closed by the caller
     */
    SampleTracer(VisionLanguageModel model, Path samples, SamplePictures pictures, RunSettings settings) {
        this.model = model;
        this.samples = samples;
        this.settings = settings;
        this.pictures = new SeenPictures(model, pictures);
    }

    /** Traces one, and tells what came of it. */
    SampleOutcome outcome(AnsweredQuestion sample, Sweep sweep) {
        long begin = System.nanoTime();
        try {
            Trace trace = trace(sample, sweep);
            double seconds = (System.nanoTime() - begin) / NANOSECONDS;
            return SampleOutcome.traced(sample, settings, trace, seconds);
        } catch (InputException e) {
            return SampleOutcome.failed(e.getMessage(), false);
        } catch (SweepsDifferException e) {
            return SampleOutcome.failed(e.getMessage(), true);
        }
    }

    /**
     * Traces one.
     *
     * @throws InputException if this sample cannot be traced; others may
     */
    Trace trace(AnsweredQuestion sample, Sweep sweep) {
        WordPlaces places = WordPlaces.of(samples + ", id " + sample.id());
        Question question = sample.question();
        Prompt asked = question.dataset().prompt().fill(question.text(), question.choices(), places);
        VisionMemory seen = pictures.see(sample.image());
        EncodedPrompt prompt = model.processor().prompt(asked, places, seen.tokens());
        int[] answer = sample.answerTokens();
        requireSayable(answer);
        int tokens = prompt.length() + answer.length;
        SampleChecks.requireRoom(
                model, tokens, "question and answer", "take " + tokens + " tokens", "Drop that sample");
        SweepRequest request = settings.request(prompt, answer, model.rules().interventions(), seen.tokens());
        Trace trace = sweep.run(request, seen, Progress.NONE);
        SampleChecks.requireFinite(
                model,
                trace,
                model.folder().toString(),
                "Check the files with `sightline check`, or try --dtype float32 in a new folder");
        return trace;
    }

    private void requireSayable(int[] answer) {
        if (answer.length == 0) {
            throw new InputException(
                    "answer_tokens", "holds no tokens", "at least one", "Answer that question again, or drop it");
        }
        for (int id : answer) {
            SampleChecks.requireSayable(
                    model,
                    id,
                    any -> true,
                    "answer_tokens",
                    "which is no token of this model",
                    "Trace with the checkpoint that answered");
        }
    }

    @Override
    public void close() {
        pictures.close();
    }
}
