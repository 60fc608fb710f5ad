package sightline.ask;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sightline.answering.SampleChecks;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.ImageTiles;
import sightline.image.MeanColour;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.knockout.ModelShape;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Answer;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.option.FlipEndOption;
import sightline.option.HeadOption;
import sightline.option.Tracing;
import sightline.region.PatchGrid;
import sightline.run.Control;
import sightline.run.FoilTokens;
import sightline.run.Foils;
import sightline.run.TraceAdditions;
import sightline.sweep.AnswerEnd;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Sweep;
import sightline.sweep.SweepsDifferException;
import sightline.sweep.VerifiedSweep;
import sightline.sweep.WholeFoils;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.WordPlaces;

/**
 * One question about one picture: what the command {@code ask} does, and the explorer.
 *
 * @param model the checkpoint's folder
 * @param loading how it is loaded
 * @param image the picture's file
 * @param wording the name of the format around the question
 * @param prompt the question in it
 * @param choices those in it
 * @param answering where the answer comes from
 * @param tracing what is cut
 * @param decode the most tokens of what is said in place of the answer
 * @param additions what is traced beside the curves
 * @param inside what is read inside the decoder
 * @param attentionRows of which text rows attention is read beside those that are read out
 * @param swap the picture that stands in for the other one under {@link Control#SWAP}
 * @param foils what the answer's first token is held against
 * @param parts which parts of the picture are cut
 * @param own pathways of one's own that are cut too
 * @param top how many of the likeliest tokens are read under each cut
 */
public record Inquiry(
        Path model,
        LoadOptions loading,
        Path image,
        String wording,
        Prompt prompt,
        List<String> choices,
        Answering answering,
        Tracing tracing,
        int decode,
        TraceAdditions additions,
        List<Reading> inside,
        AttentionRowsOption.Asked attentionRows,
        Optional<Path> swap,
        Foils foils,
        RegionsAsked parts,
        List<OwnCut> own,
        int top) {
    private static final double NANOSECONDS = 1e9;

    /**
     * Loads the model, answers and traces.
     *
     * @param work hears of the progress
     * @param out gets pictures of the numbers
     * @throws InputException if a file, folder or option cannot be used
     */
    Outcome run(AskWork work, OutFolder out) {
        RgbImage picture = PictureReader.read(image); // first, since it fails fast
        Optional<RgbImage> other = swap.map(PictureReader::read);
        Timer timer = new Timer();
        try (VisionLanguageModel loaded =
                work.during("loading the model", "", meter -> Families.load(model, loading))) {
            double load = timer.lap();
            requireFits(loaded.shape());
            ImageTiles tiles = loaded.processor().picture(picture);
            try (VisionMemory seen = see(work, loaded, tiles);
                    Sweeps sweeps = new Sweeps(loaded)) {
                return on(work, sweeps, picture, seen, other, out, new Seconds(load, timer.lap(), 0, 0));
            }
        }
    }

    /**
     * Refuses what a model does not have, before it looks at anything.
     *
     * @throws InputException if a head that is named is none of it
     */
    public void requireFits(ModelShape shape) {
        HeadOption.require(additions.jointHeads(), shape);
    }

    /**
     * Answers and traces with a model that is loaded, about a picture that it has seen.
     *
     * @param work hears of the progress and of the answer's tokens; what it throws ends the work
     * @param sweeps the model's
     * @param picture in place of {@link #image}
     * @param other the picture in place of {@link #swap}
     * @param before what loading and seeing took
     * @throws InputException if an option cannot be used
     */
    public Outcome on(
            AskWork work,
            Sweeps sweeps,
            RgbImage picture,
            VisionMemory seen,
            Optional<RgbImage> other,
            OutFolder out,
            Seconds before) {
        Timer timer = new Timer();
        VisionLanguageModel loaded = sweeps.model();
        FlipEndOption.require(tracing.flipEnd(), loaded.generation().endTokens());
        Map<Control, RgbImage> others = new EnumMap<>(Control.class);
        other.ifPresent(one -> others.put(Control.SWAP, one));
        if (additions.has(Control.BLANK)) {
            others.put(Control.BLANK, MeanColour.blank(picture));
        }
        EncodedPrompt encoded = loaded.processor().prompt(prompt, WordPlaces.OPTIONS, seen.tokens());
        Answer answer = new AnswerFinder(answering, wording).find(work, loaded, encoded, seen);
        AnswerFinder.requireRoom(loaded, encoded, answer.tokens().length);
        FoilTokens held = FoilIds.of(loaded, foils, choices, answer);
        held.whole().forEach(text -> AnswerFinder.requireRoom(loaded, encoded, text.size()));
        SweepRequest request = tracing.request(
                        encoded, answer.tokens(), loaded.rules().interventions())
                .withFoils(held.first())
                .and(OwnCut.all(
                        own,
                        encoded.length() + answer.tokens().length - 1,
                        loaded.rules().interventions()));
        Cuts.requireEdges(request, seen.tokens());
        Optional<RegionCuts> cuts =
                parts.any() ? Optional.of(RegionCuts.on(picture, parts, loaded, seen.tokens())) : Optional.empty();
        request = request.and(cuts.map(RegionCuts::aroundLayers).orElse(List.of()));
        request = Additions.in(request, additions, loaded.rules().interventions(), seen.tokens(), loaded.shape())
                .alsoReading(attentionRows.in(
                        inside, encoded.length() + answer.tokens().length - 1, loaded.shape(), seen.tokens()))
                .alsoReading(top > 0 ? List.of(new Reading.Alternatives(top)) : List.of());
        double prompted = timer.lap();
        Trace trace = trace(work, sweeps, request, held, seen);
        PatchGrid patches = loaded.processor().patches(picture.width(), picture.height());
        AttentionFiles.write(trace.inside(), picture, patches, AttentionFiles.firstKey(loaded.shape(), encoded), out);
        Map<Control, Trace> pictures = new EnumMap<>(Control.class);
        for (Map.Entry<Control, RgbImage> one : others.entrySet()) {
            pictures.put(one.getKey(), uncut(work, sweeps, one.getValue(), answer, held));
        }
        Optional<Regions> regions =
                cuts.map(some -> regions(work, some, sweeps, picture, seen, trace.request(), held, answer));
        regions.ifPresent(found -> RegionPictures.write(found, picture, trace.probability(), out));
        Seconds seconds = new Seconds(before.load(), before.vision(), prompted, timer.lap());
        List<Harm> harms = work.during("saying what comes instead", "", meter -> Harm.of(loaded, seen, trace, decode));
        return new Outcome(
                model.toString(),
                loaded.shape(),
                loaded.dtype(),
                answering.rows(),
                loaded.processor().imageMode(),
                answer,
                TokenTexts.candidates(loaded, trace),
                held,
                FoilWords.of(held, loaded.processor()),
                trace,
                harms,
                additions,
                pictures,
                TokenTexts.words(loaded, trace),
                Optional.of(patches).filter(grid -> !trace.inside().attention().isEmpty()),
                regions,
                seconds);
    }

    private Regions regions(
            AskWork work,
            RegionCuts cuts,
            Sweeps sweeps,
            RgbImage picture,
            VisionMemory seen,
            SweepRequest request,
            FoilTokens held,
            Answer answer) {
        Optional<Trace> occluded = parts.occlude()
                ? Optional.of(uncut(work, sweeps, MeanColour.fill(picture, parts.boxes()), answer, held))
                : Optional.empty();
        return cuts.trace(
                tracing.baseline(request.prompt(), request.answer()).withFoils(held.first()),
                tracing.masking(),
                asked -> trace(work, sweeps, asked, held, seen),
                occluded);
    }

    /** A request's answer with another picture, nothing cut. */
    private Trace uncut(AskWork work, Sweeps sweeps, RgbImage picture, Answer answer, FoilTokens held) {
        VisionLanguageModel model = sweeps.model();
        ImageTiles tiles = model.processor().picture(picture);
        try (VisionMemory seen = see(work, model, tiles)) {
            EncodedPrompt encoded = model.processor().prompt(prompt, WordPlaces.OPTIONS, seen.tokens());
            AnswerFinder.requireRoom(model, encoded, answer.tokens().length);
            SweepRequest request = tracing.baseline(encoded, answer.tokens()).withFoils(held.first());
            return trace(work, sweeps, request, held, seen);
        }
    }

    private static VisionMemory see(AskWork work, VisionLanguageModel model, ImageTiles picture) {
        return work.during("looking", "layers", meter -> model.see(picture, meter));
    }

    private Trace trace(AskWork work, Sweeps sweeps, SweepRequest request, FoilTokens held, VisionMemory seen) {
        Sweep fast = sweeps.of(tracing.strategy());
        Function<SweepRequest, Trace> sweep = asked -> sweep(work, sweeps.model(), fast, asked, seen);
        Trace own = tracing.flipEnd()
                ? AnswerEnd.trace(request, sweeps.model().generation().endTokens(), sweep)
                : sweep.apply(request);
        return WholeFoils.trace(own, held.whole(), sweep);
    }

    /** Traces, and holds it to the naive sweep if that is asked for. */
    Trace sweep(AskWork work, VisionLanguageModel model, Sweep fast, SweepRequest request, VisionMemory seen) {
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
                model, trace, this.model.toString(), "Check the files with `sightline check`, or try --dtype float32");
        if (sweep.verified() > 0) {
            work.note("verified with the naive sweep: the largest difference of a token's probability is %.1e of it%s"
                    .formatted(sweep.largestDifference(), VerifiedSweep.unseen(model.dtype(), request.temperature())));
        }
        return trace;
    }

    /** Seconds between its calls. */
    private static final class Timer {
        private long last = System.nanoTime();

        double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) / NANOSECONDS;
            last = now;
            return seconds;
        }
    }
}
