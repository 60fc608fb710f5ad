package sightline.ask;

import java.util.function.Function;
import sightline.answering.SampleChecks;
import sightline.error.InputException;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Answer;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.option.Tracing;
import sightline.run.FoilTokens;
import sightline.sweep.AnswerEnd;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Sweep;
import sightline.sweep.SweepsDifferException;
import sightline.sweep.VerifiedSweep;
import sightline.sweep.WholeFoils;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/** Traces all requests of one question: with its answer's end and its foils, held to the naive sweep if that is asked for. */
final class QuestionTracer {
    private final Tracing tracing;
    private final Sweeps sweeps;
    private final AskWork work;
    private final String folder;
    private final String image;

    /**
     * @param tracing what is cut, and how it is traced
     * @param sweeps the model's
     * @param work hears of the progress
     * @param folder the model's name in what is refused
     * @param image the picture's
     */
    QuestionTracer(Tracing tracing, Sweeps sweeps, AskWork work, String folder, String image) {
        this.tracing = tracing;
        this.sweeps = sweeps;
        this.work = work;
        this.folder = folder;
        this.image = image;
    }

    static VisionMemory see(AskWork work, VisionLanguageModel model, ImageTiles picture) {
        return work.during("looking", "layers", meter -> model.see(picture, meter));
    }

    Trace trace(SweepRequest request, FoilTokens held, VisionMemory seen) {
        Sweep fast = sweeps.of(tracing.strategy());
        Function<SweepRequest, Trace> sweep = asked -> sweep(fast, asked, seen);
        Trace own = tracing.flipEnd()
                ? AnswerEnd.trace(request, sweeps.model().generation().endTokens(), sweep)
                : sweep.apply(request);
        return WholeFoils.trace(own, held.whole(), sweep);
    }

    /** The answer to the same prompt about another picture, nothing cut. */
    Trace uncut(RgbImage picture, Prompt prompt, Answer answer, FoilTokens held) {
        VisionLanguageModel model = sweeps.model();
        ImageTiles tiles = model.processor().picture(picture);
        try (VisionMemory seen = see(work, model, tiles)) {
            EncodedPrompt encoded = model.processor().prompt(prompt, WordPlaces.OPTIONS, seen.tokens());
            AnswerFinder.requireRoom(model, encoded, answer.tokens().length);
            SweepRequest request = tracing.baseline(encoded, answer.tokens()).withFoils(held.first());
            return trace(request, held, seen);
        }
    }

    /** Traces, and holds it to the naive sweep if that is asked for. */
    Trace sweep(Sweep fast, SweepRequest request, VisionMemory seen) {
        VisionLanguageModel model = sweeps.model();
        VerifiedSweep sweep = new VerifiedSweep(fast, new NaiveSweep(model), tracing.verify(), model.dtype());
        Trace trace;
        try {
            trace = work.during("tracing", tracing.strategy().unit(), meter -> sweep.sample(false)
                    .run(request, seen, meter));
        } catch (SweepsDifferException e) {
            throw new InputException(
                    "the question about " + image,
                    "its numbers are not shown: " + e.getMessage(),
                    "",
                    "Please report this; --strategy naive, without --verify, gives numbers by definition",
                    e);
        }
        SampleChecks.requireFinite(
                model, trace, folder, "Check the files with `sightline check`, or try --dtype float32");
        if (sweep.verified() > 0) {
            work.note(
                    "verified " + VerifiedSweep.told(sweep.largestDifference(), model.dtype(), request.temperature()));
        }
        return trace;
    }
}
