package sightline.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import sightline.answering.SeenPictures;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.knockout.Sweep;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/** Traces one sample after the other with one model. */
final class SampleTracer implements AutoCloseable {
    private final Mllama model;
    private final Path samples;
    private final Path images;
    private final RunSettings settings;
    private final SeenPictures pictures;

    /** @param samples the file that they are read from, for errors */
    SampleTracer(Mllama model, Path samples, Path images, RunSettings settings) {
        this.model = model;
        this.samples = samples;
        this.images = images;
        this.settings = settings;
        this.pictures = new SeenPictures(model);
    }

    /**
     * Traces one.
     *
     * @param content of its picture, as {@link sightline.answering.PictureHashes} gives it
     * @throws InputException if this sample cannot be traced; others may
     */
    Trace trace(AnsweredQuestion sample, String content, Sweep sweep) {
        WordPlaces places = WordPlaces.of(samples + ", id " + sample.id());
        Question question = sample.question();
        Prompt asked = question.dataset().prompt().fill(question.text(), question.choices(), places);
        EncodedPrompt prompt = model.processor().prompt(asked, places);
        int[] answer = sample.answerTokens();
        requireSayable(answer);
        requireRoom(prompt.length() + answer.length);
        SweepRequest request = settings.request(prompt, answer);
        VisionMemory seen = pictures.see(Folders.file(images, sample.image()), content);
        Trace trace = sweep.run(request, seen, Progress.NONE);
        requireFinite(trace);
        return trace;
    }

    private void requireSayable(int[] answer) {
        int vocabulary = model.config().text().vocabulary();
        if (answer.length == 0) {
            throw new InputException(
                    "answer_tokens", "holds no tokens", "at least one", "Answer that question again, or drop it");
        }
        IntStream.of(answer)
                .filter(token -> token < 0 || token >= vocabulary)
                .findFirst()
                .ifPresent(token -> {
                    throw new InputException(
                            "answer_tokens",
                            "holds " + token + ", which is no token of this model",
                            "ids from 0 to " + (vocabulary - 1),
                            "Trace with the checkpoint that answered");
                });
    }

    private void requireRoom(int needed) {
        int positions = model.config().text().maxPositions();
        if (needed > positions) {
            throw new InputException(
                    "question and answer",
                    "take " + needed + " tokens",
                    "at most " + positions + ", the model's context",
                    "Drop that sample");
        }
    }

    private void requireFinite(Trace trace) {
        DoubleStream curves = trace.curves().stream()
                .flatMap(curve -> Arrays.stream(curve.tokenProbability()))
                .flatMapToDouble(Arrays::stream);
        if (!DoubleStream.concat(Arrays.stream(trace.baseline()), curves).allMatch(Double::isFinite)) {
            throw new InputException(
                    model.folder().toString(),
                    "its probabilities are no numbers (NaN), so the weights are damaged or too large for "
                            + model.dtype(),
                    "finite numbers",
                    "Check the files with `sightline check`, or try --dtype float32 in a new folder");
        }
    }

    @Override
    public void close() {
        pictures.close();
    }
}
