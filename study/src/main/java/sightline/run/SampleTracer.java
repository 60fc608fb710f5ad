package sightline.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import sightline.answering.SampleChecks;
import sightline.answering.SamplePictures;
import sightline.answering.SeenPictures;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.knockout.HeadMeans;
import sightline.knockout.Intervention;
import sightline.knockout.Layout;
import sightline.knockout.PictureTokens;
import sightline.knockout.RandomSources;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;
import sightline.run.SampleTrace.OtherPicture;
import sightline.sweep.AnswerEnd;
import sightline.sweep.HeadReadings;
import sightline.sweep.Sweep;
import sightline.sweep.SweepsDifferException;
import sightline.sweep.WholeFoils;
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
    private final Function<String, String> partners;
    private final Function<String, Optional<HeadMeans>> means;
    private final LongFunction<AnswerRegion> regions;

    /**
     * @param samples the file that they are read from, for errors
     * @param pictures of these samples and their partners; closed by the caller
     * @param partners the other picture for each, where the settings ask for {@link Control#SWAP}
     * @param means what silenced heads read, by the sample's picture, where the settings ask for {@link HeadFill#MEAN}
     * @param regions where the page says the answer, by the sample's id, where the settings ask for it
     */
    SampleTracer(
            VisionLanguageModel model,
            Path samples,
            SamplePictures pictures,
            RunSettings settings,
            Function<String, String> partners,
            Function<String, Optional<HeadMeans>> means,
            LongFunction<AnswerRegion> regions) {
        this.model = model;
        this.samples = samples;
        this.settings = settings;
        this.partners = partners;
        this.means = means;
        this.regions = regions;
        this.pictures = new SeenPictures(model, pictures);
    }

    /**
     * Traces one, and tells what came of it.
     *
     * @param sweep the sample's
     */
    SampleOutcome outcome(AnsweredQuestion sample, Sweep sweep) {
        long begin = System.nanoTime();
        try {
            SampleTrace trace = trace(sample, sweep);
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
    private SampleTrace trace(AnsweredQuestion sample, Sweep sweep) {
        WordPlaces places = places(sample);
        Prompt asked = asked(sample, places);
        VisionMemory seen = pictures.see(sample.image());
        EncodedPrompt prompt = model.processor().prompt(asked, places, seen.tokens());
        int[] answer = sample.answerTokens();
        requireSayable(answer);
        requireRoom(prompt, answer);
        FoilTokens foils =
                settings.foils().of(model.processor(), sample.question().choices(), answer);
        SweepRequest request = settings.request(prompt, answer, model.rules().interventions(), seen.tokens())
                .withFoils(foils.first());
        Map<String, String> controlled = new HashMap<>();
        if (settings.additions().has(Control.RANDOM_SOURCES)) {
            request = withRandomSources(sample.id(), request, seen.tokens(), controlled);
        }
        request = request.alsoReading(InsideKind.readings(settings.additions().inside(), 1));
        Optional<HeadMeans> instead = means.apply(sample.image());
        request = request.withMore(settings.additions().heads(model.shape(), instead, sample.id()));
        Optional<TracedRegion> region = Optional.empty();
        if (settings.additions().answerRegion()) {
            List<Track> tracks = new ArrayList<>(request.tracks());
            region = Optional.of(region(sample, seen.tokens(), tracks));
            request = request.withTracks(tracks);
        }
        Trace trace = trace(request, foils, seen, sweep, settings.flipEnd());
        Map<Control, OtherPicture> others = new EnumMap<>(Control.class);
        if (settings.additions().has(Control.SWAP)) {
            String other = partners.apply(sample.image());
            Trace uncut = uncut(request, foils, asked, places, pictures.seeOther(other), sweep);
            others.put(Control.SWAP, new OtherPicture(Optional.of(other), uncut));
        }
        if (settings.additions().has(Control.BLANK)) {
            Trace uncut = uncut(request, foils, asked, places, pictures.seeBlank(sample.image()), sweep);
            others.put(Control.BLANK, new OtherPicture(Optional.empty(), uncut));
        }
        return new SampleTrace(trace, foils, controlled, others, instead, region);
    }

    private WordPlaces places(AnsweredQuestion sample) {
        return WordPlaces.of(samples + ", id " + sample.id());
    }

    private static Prompt asked(AnsweredQuestion sample, WordPlaces places) {
        Question question = sample.question();
        return question.dataset().prompt().fill(question.text(), question.choices(), places);
    }

    /**
     * What heads read with nothing changed, as {@link HeadReadings} gives it.
     *
     * @throws InputException if this sample cannot be traced; others may
     */
    double[][][] headReadings(AnsweredQuestion sample) {
        WordPlaces places = places(sample);
        VisionMemory seen = pictures.see(sample.image());
        EncodedPrompt prompt = model.processor().prompt(asked(sample, places), places, seen.tokens());
        requireSayable(sample.answerTokens());
        requireRoom(prompt, sample.answerTokens());
        return HeadReadings.of(model, seen, prompt, settings.rows(), sample.answerTokens());
    }

    /** The sample's region, whose tracks are added. */
    private TracedRegion region(AnsweredQuestion sample, PictureTokens picture, List<Track> tracks) {
        AnswerRegion told = regions.apply(sample.id());
        if (told.boxes().isEmpty()) {
            return TracedRegion.without(told.missing());
        }
        PatchGrid grid = pictures.patches(sample.image());
        List<PixelBox> boxes = told.on(grid.width(), grid.height());
        List<PatchBox> patches =
                boxes.stream().flatMap(box -> grid.patches(box).stream()).toList();
        if (patches.isEmpty()) {
            return TracedRegion.without("the answer's words lie beside the picture");
        }
        Optional<List<PatchBox>> random = RegionTracks.random(grid, patches, sample.id());
        tracks.addAll(RegionTracks.of(
                grid, patches, random, picture, model.rules().interventions().imageMedium(), settings.maskings()));
        return new TracedRegion(boxes, random.isPresent(), "");
    }

    /** One draw for each pathway that has such a control, in every window and under every masking of the pathway. */
    private SweepRequest withRandomSources(
            long sample, SweepRequest request, PictureTokens picture, Map<String, String> controlled) {
        Layout whole = request.outline(picture).layout(request.answer().length - 1);
        List<Track> tracks = new ArrayList<>(request.tracks());
        for (Track track : request.aroundLayers()) {
            Intervention pathway = track.intervention();
            new RandomSources(sample, 0).of(pathway, whole, model.shape()).ifPresent(control -> {
                controlled.put(control.name(), pathway.name());
                tracks.add(new Track(control, track.windows(), track.masking()));
            });
        }
        return request.withTracks(tracks);
    }

    /** A request's answer with another picture. */
    private Trace uncut(
            SweepRequest own, FoilTokens foils, Prompt asked, WordPlaces places, VisionMemory seen, Sweep sweep) {
        EncodedPrompt prompt = model.processor().prompt(asked, places, seen.tokens());
        requireRoom(prompt, own.answer());
        SweepRequest request = settings.baseline(prompt, own.answer()).withFoils(foils.first());
        return trace(request, foils, seen, sweep, false);
    }

    private Trace trace(SweepRequest request, FoilTokens foils, VisionMemory seen, Sweep sweep, boolean withEnd) {
        foils.whole()
                .forEach(foil -> requireRoom(
                        request.prompt(),
                        foil.stream().mapToInt(Integer::intValue).toArray()));
        Function<SweepRequest, Trace> traced = asked -> finite(sweep.run(asked, seen, Progress.NONE));
        Trace own = withEnd ? AnswerEnd.trace(request, model.generation().endTokens(), traced) : traced.apply(request);
        return WholeFoils.trace(own, foils.whole(), traced);
    }

    private void requireRoom(EncodedPrompt prompt, int[] answer) {
        int tokens = prompt.length() + answer.length;
        SampleChecks.requireRoom(
                model, tokens, "question and answer", "take " + tokens + " tokens", "Drop that sample");
    }

    private Trace finite(Trace trace) {
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
