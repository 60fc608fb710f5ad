package sightline.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import sightline.answering.Crew;
import sightline.answering.Job;
import sightline.answering.PictureHashes;
import sightline.answering.SamplePictures;
import sightline.answering.SideBySide;
import sightline.answering.StudyCheckpoint;
import sightline.answering.WeightsSeal;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.FilteredDataset;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.Journal;
import sightline.files.OwnFiles;
import sightline.files.SettingsFile;
import sightline.files.WorkLock;
import sightline.knockout.HeadMeans;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.run.Manifest.DatasetFile;
import sightline.run.Portion.Numbered;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Sweep;
import sightline.sweep.Verification;
import sightline.sweep.VerifiedSweep;

/**
 * Traces a dataset into a run's folder, or goes on with a run that was stopped or killed. While it is open, no other
 * process traces the same samples into that folder.
 */
public final class TraceRun implements AutoCloseable {
    private final RunPlan plan;
    private final RunFolder folder;
    private final WorkLock lock;
    private final CurrentSamples dataset;
    private final Map<String, String> pictures;
    private final Map<String, String> partners;
    private final Map<Long, AnswerRegion> regions;
    private final WeightsSeal seal;
    private final Optional<Means> lent;
    private final FinishedSamples finishedBefore;
    private final List<AnsweredQuestion> samples;
    private final List<Numbered> chosen;
    private final List<List<Numbered>> open;
    private final int mine;
    private final int before;
    private final Map<Long, String> failed = new LinkedHashMap<>();
    private final Set<String> neverCut = new LinkedHashSet<>();
    private int traced;
    private int withoutRegion;
    private boolean stopped;
    private int verified;
    private double largestDifference;

    /** Where means come from by which a sample's heads are silenced: by its picture, of a model. */
    interface Means {
        Function<String, Optional<HeadMeans>> of(VisionLanguageModel model);
    }

    private TraceRun(RunPlan plan, Opened opened, List<AnsweredQuestion> samples, Optional<Means> lent) {
        this.plan = plan;
        this.lent = lent;
        this.folder = opened.folder();
        this.lock = opened.lock();
        this.seal = opened.seal();
        this.dataset = opened.dataset();
        this.pictures = opened.pictures();
        this.partners = opened.partners();
        this.samples = List.copyOf(samples);
        this.regions = opened.regions();
        chosen = plan.portion().chosen(samples);
        List<List<Numbered>> all = plan.portion().mine(samples);
        finishedBefore = FinishedSamples.of(folder, dataset);
        open = all.stream()
                .map(picture -> picture.stream()
                        .filter(numbered ->
                                !finishedBefore.isFinished(numbered.sample().id()))
                        .toList())
                .filter(picture -> !picture.isEmpty())
                .toList();
        mine = count(all);
        before = mine - count(open);
        neverCut.addAll(plan.settings().pathways());
    }

    /** What a run needs from the beginning on. */
    private record Opened(
            RunFolder folder,
            WorkLock lock,
            WeightsSeal seal,
            CurrentSamples dataset,
            Map<String, String> pictures,
            Map<String, String> partners,
            Map<Long, AnswerRegion> regions) {}

    /**
     * Reads the samples, their answers without the checkpoint's end tokens.
     *
     * @param checkpoint the plan's
     * @throws InputException if the run is of an earlier format, or the file cannot be used; single faulty entries are
     *     skipped
     */
    public static AnsweredQuestions read(RunPlan plan, StudyCheckpoint checkpoint) {
        Manifest.requireCurrent(new RunFolder(plan.folder()));
        checkpoint.requireFor(plan.model(), plan.loading());
        Set<Integer> ends = new TreeSet<>(FilteredDataset.PUBLISHED_ENDS);
        ends.addAll(checkpoint.endTokens());
        return FilteredDataset.read(plan.dataset(), plan.samples(), ends);
    }

    /**
     * Begins a run or goes on with it. Needs no model yet, so that what cannot be done is told at once.
     *
     * @param dataset the samples that {@link #read} gives, in their order
     * @param checkpoint the plan's
     * @throws InputException if the folder is of an earlier format, traced into by another process, or begun under other
     *     settings; if the checkpoint was changed since it was opened; if a folder cannot be used
     */
    public static TraceRun open(RunPlan plan, List<AnsweredQuestion> dataset, StudyCheckpoint checkpoint) {
        return open(plan, dataset, checkpoint, Optional.empty());
    }

    /**
     * The same for a run within another.
     *
     * @param lent the other's means
     */
    static TraceRun open(
            RunPlan plan, List<AnsweredQuestion> dataset, StudyCheckpoint checkpoint, Optional<Means> lent) {
        RunFolder folder = new RunFolder(plan.folder());
        Manifest.requireCurrent(folder);
        RunInputs.require(plan, dataset);
        Map<String, String> partners = SwapPartners.of(plan, dataset);
        Map<Long, AnswerRegion> regions = AnswerRegions.of(plan, dataset);
        checkpoint.requireFor(plan.model(), plan.loading());
        Map<String, String> pictures = PictureHashes.of(
                plan.images(), dataset.stream().map(AnsweredQuestion::image).toList());
        CurrentSamples samples = CurrentSamples.of(dataset, pictures);
        DatasetFile file = DatasetFile.of(plan.samples(), dataset.size(), samples);
        Folders.make(plan.folder());
        WeightsSeal seal =
                new WeightsSeal(checkpoint.weights(), folder.manifest(), folder.lock(), Manifest.FORMAT, Manifest.FREE);
        WorkLock lock = WorkLock.alone(folder.lock(), () -> {
            SettingsFile.requireNoneWithout(folder.manifest(), folder.withResults());
            Manifest.beginOrCompare(folder, plan, file, checkpoint);
            seal.compareIfKnown();
            RunDataset.use(folder, file, samples);
            // Last: shards that begin together are not in each other's way while one of them changes the dataset.
            Shard shard = plan.portion().shard();
            return WorkLock.tryTake(folder.lock(), shard.firstPoint(), shard.endPoint())
                    .orElseThrow(() -> taken(plan));
        });
        try {
            return new TraceRun(
                    plan, new Opened(folder, lock, seal, samples, pictures, partners, regions), dataset, lent);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Whether a run can go on under a plan, whatever its samples: needs only the checkpoint.
     *
     * @return the first setting that differs from those under which the run began, with both values; empty if none does,
     *     or no run has begun. The weights are told apart here as far as their fingerprint does
     * @throws InputException if the run is of an earlier format, or there are results without their manifest
     */
    public static Optional<String> difference(RunPlan plan, StudyCheckpoint checkpoint) {
        RunFolder folder = new RunFolder(plan.folder());
        SettingsFile.requireNoneWithout(folder.manifest(), folder.withResults());
        return Files.exists(folder.manifest()) ? Manifest.difference(folder, plan, checkpoint) : Optional.empty();
    }

    private static InputException taken(RunPlan plan) {
        Shard shard = plan.portion().shard();
        return new InputException(
                plan.folder().toString(),
                "another process is tracing into this run"
                        + (shard.isWhole() ? "" : ", samples of shard " + shard + " among them"),
                "one process for each sample",
                "Wait for it, or share the work: --shard 1/2 here and --shard 2/2 there");
    }

    /** What this run is to do. */
    public RunPlan plan() {
        return plan;
    }

    /** All samples of its dataset's file. */
    List<AnsweredQuestion> samples() {
        return samples;
    }

    /** Those of all shards that its plan chooses. */
    List<AnsweredQuestion> chosen() {
        return chosen.stream().map(Numbered::sample).toList();
    }

    /** How many samples are still to be traced by this process. */
    public int remaining() {
        return mine - before - traced - failed.size();
    }

    /**
     * Traces what is open. A sample that cannot be traced is noted and left for a later call; every other one is on the
     * disk before its worker begins the next.
     *
     * @param models of the plan's checkpoint, loaded as the plan says, each on a device of its own
     * @param progress hears of each sample
     * @param stop asked before each sample whether to end here
     * @throws InputException if the checkpoint's files have changed since a model was loaded, or change meanwhile; if the
     *     sweep and the naive one do not agree on a sample that both trace
     */
    public void trace(List<VisionLanguageModel> models, Progress progress, BooleanSupplier stop) {
        trace(models, plan.settings().strategy()::sweep, progress, stop);
    }

    /** The same with other sweeps. */
    void trace(
            List<VisionLanguageModel> models,
            Function<VisionLanguageModel, Sweep> fast,
            Progress progress,
            BooleanSupplier stop) {
        models.forEach(seal::requireLoaded);
        Function<String, Optional<HeadMeans>> means = open.isEmpty()
                ? none -> Optional.empty()
                : lent.orElse(this::means).of(models.get(0));
        Verification verification = new Verification(plan.verify());
        Map<VisionLanguageModel, VerifiedSweep> sweeps = new HashMap<>();
        for (VisionLanguageModel model : models) {
            sweeps.put(model, new VerifiedSweep(fast.apply(model), new NaiveSweep(model), verification, model.dtype()));
        }
        List<String> order =
                open.stream().map(picture -> picture.get(0).sample().image()).toList();
        try (Journal journal = journal();
                SamplePictures seen = SamplePictures.of(models, plan.images(), pictures, order)) {
            stopped = SideBySide.run(
                    models,
                    open,
                    model -> new TracingWorker(model, seen, sweeps.get(model), means, journal),
                    progress,
                    stop);
        } finally {
            sweeps.values().forEach(VerifiedSweep::close);
            verified = verification.verified();
            largestDifference = verification.largestDifference();
        }
    }

    /**
     * Has others trace what is open. What they had in hand when they failed or were stopped is left for a later call.
     *
     * @param checkpoint the plan's; here it is hashed but not loaded
     * @param progress hears of each sample
     * @param stop asked again and again whether to end here
     * @throws InputException as above, or if one of the crew cannot do it
     */
    public void trace(Crew crew, StudyCheckpoint checkpoint, Progress progress, BooleanSupplier stop) {
        HeadMeansCheck.requireNotSent(plan);
        seal.mark(); // so that weights are compared before anything is sent
        Map<Long, Numbered> byId = new HashMap<>();
        open.forEach(picture ->
                picture.forEach(numbered -> byId.put(numbered.sample().id(), numbered)));
        Job job = TraceJob.job(plan, checkpoint);
        int all = byId.size();
        try (Journal journal = journal()) {
            stopped = crew.work(
                    job,
                    sent(),
                    text -> {
                        TraceJob.Result result = TraceJob.result(text);
                        verified += result.verified() ? 1 : 0;
                        largestDifference = Math.max(largestDifference, result.difference());
                        keep(journal, byId.remove(result.id()), SampleOutcome.of(result.outcome()));
                        progress.done(all - byId.size(), all);
                    },
                    stop);
        }
    }

    /** The means by which a sample's heads are silenced, by its picture: those of the other half's samples. */
    Function<String, Optional<HeadMeans>> means(VisionLanguageModel model) {
        if (plan.settings().additions().heads() != HeadFill.MEAN) {
            return picture -> Optional.empty();
        }
        HeadHalves halves = new HeadHalves(plan.dataset(), samples);
        List<HeadMeans> means =
                HeadMeansFile.of(folder.headMeans(), folder.lock(), seal.mark(), halves.hash(), half -> {
                    List<AnsweredQuestion> its = halves.of(half, samples);
                    List<String> order =
                            its.stream().map(AnsweredQuestion::image).distinct().toList();
                    try (SamplePictures seen = SamplePictures.of(List.of(model), plan.images(), pictures, order);
                            SampleTracer tracer = new SampleTracer(
                                    model,
                                    plan.samples(),
                                    seen,
                                    plan.settings(),
                                    partners::get,
                                    picture -> Optional.empty(),
                                    regions::get)) {
                        return HeadCalibration.means(its, tracer::headReadings, HeadCalibration.LEAST);
                    }
                });
        return picture -> Optional.of(means.get(1 - halves.half(picture)));
    }

    /** The open samples as a crew gets them. The first ones are those to verify. */
    private List<List<String>> sent() {
        List<List<String>> sent = new ArrayList<>();
        int toVerify = plan.verify();
        for (List<Numbered> picture : open) {
            List<String> samples = new ArrayList<>();
            for (Numbered numbered : picture) {
                AnsweredQuestion sample = numbered.sample();
                boolean verify = toVerify-- > 0 || finishedBefore.isRefuted(sample.id());
                samples.add(TraceJob.sample(
                        sample, pictures, partners.get(sample.image()), verify, regions.get(sample.id())));
            }
            sent.add(samples);
        }
        return sent;
    }

    private Journal journal() {
        return Journal.open(folder.journal(plan.portion().shard()), (entry, line) -> {});
    }

    /** One worker's way with a sample. */
    private final class TracingWorker implements SideBySide.Worker<Numbered> {
        private final SampleTracer tracer;
        private final VerifiedSweep sweep;
        private final Journal journal;

        TracingWorker(
                VisionLanguageModel model,
                SamplePictures seen,
                VerifiedSweep sweep,
                Function<String, Optional<HeadMeans>> means,
                Journal journal) {
            this.tracer =
                    new SampleTracer(model, plan.samples(), seen, plan.settings(), partners::get, means, regions::get);
            this.sweep = sweep;
            this.journal = journal;
        }

        @Override
        public Runnable work(Numbered numbered) {
            Sweep own = sweep.sample(finishedBefore.isRefuted(numbered.sample().id()));
            SampleOutcome outcome = tracer.outcome(numbered.sample(), own);
            return () -> keep(journal, numbered, outcome);
        }

        @Override
        public void close() {
            tracer.close();
        }
    }

    private void keep(Journal journal, Numbered numbered, SampleOutcome outcome) {
        long id = numbered.sample().id();
        SampleEntry.Head head =
                new SampleEntry.Head(numbered, pictures.get(numbered.sample().image()), seal.mark());
        folder.deleteResults(); // of fewer samples
        journal.appendChecked(SampleEntry.line(head, outcome.fields()));
        if (outcome.failure().isEmpty()) {
            traced++;
            withoutRegion += outcome.withoutRegion() ? 1 : 0;
            neverCut.retainAll(outcome.idle());
            return;
        }
        String failure = outcome.failure().get();
        failed.put(id, failure);
        if (outcome.refuted()) {
            throw refuted(id, failure); // whatever else this sweep gives is no better
        }
    }

    private static InputException refuted(long id, String failure) {
        return new InputException(
                "sample " + id,
                "is noted as failed: " + failure,
                "",
                "Nothing of it is kept, and every later call checks it again. Please report this, and trace with"
                        + " --strategy naive into another --out");
    }

    /**
     * Writes what a finished run has beside its journals: the table of results once every sample of all shards was tried,
     * and the published form if the plan asks for it.
     */
    public RunReport finish() {
        if (!stopped || traced > 0) {
            seal.mark(); // also results that were there before are told of these weights alone
        }
        return WorkLock.alone(folder.lock(), this::report);
    }

    private RunReport report() {
        FinishedSamples state = FinishedSamples.of(folder, dataset);
        long missing = chosen.stream()
                .filter(numbered -> !state.isTried(numbered.sample().id()))
                .count();
        return new RunReport(
                mine,
                before,
                traced,
                Map.copyOf(failed),
                stopped,
                (int) missing,
                traced == 0 ? List.of() : List.copyOf(neverCut),
                verified,
                largestDifference,
                state.unmeasured(),
                plan.settings().foils().named() ? state.likeliestFoil() : 0,
                withoutRegion,
                missing == 0 ? results() : Optional.empty(),
                plan.export() && !stopped ? PublishedExport.write(folder) : List.of());
    }

    private Optional<Path> results() {
        try (OwnFiles own = OwnFiles.in(folder.path());
                ResultTable table = ResultTable.read(List.of(folder.path()))) {
            table.writeParquet(folder.results(), own);
            table.writeAddedParquet(folder, plan.settings().additions(), own);
        }
        return Optional.of(folder.results());
    }

    private static int count(List<List<Numbered>> pictures) {
        return pictures.stream().mapToInt(List::size).sum();
    }

    /** Lets other processes trace these samples. */
    @Override
    public void close() {
        lock.close();
    }
}
