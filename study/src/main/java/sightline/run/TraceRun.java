package sightline.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import sightline.answering.SideBySide;
import sightline.checkpoint.Checkpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.FilteredDataset;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.Journal;
import sightline.files.OwnFiles;
import sightline.files.WorkLock;
import sightline.knockout.Curve;
import sightline.knockout.NaiveSweep;
import sightline.knockout.Sweep;
import sightline.knockout.Trace;
import sightline.knockout.VerifiedSweep;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.run.Manifest.DatasetFile;
import sightline.run.Portion.Numbered;

/**
 * Traces a dataset into a run's folder, or goes on with a run that was stopped or killed. While it is open, no other
 * process traces the same samples into that folder.
 */
public final class TraceRun implements AutoCloseable {
    private static final double NANOSECONDS = 1e9;

    private final RunPlan plan;
    private final RunFolder folder;
    private final WorkLock lock;
    private final List<AnsweredQuestion> dataset;
    private final List<Numbered> chosen;
    private final List<List<Numbered>> open;
    private final int mine;
    private final int before;
    private final Map<Long, String> failed = new LinkedHashMap<>();
    private final Set<String> neverCut = new LinkedHashSet<>();
    private int traced;
    private boolean stopped;
    private int verified;
    private double largestDifference;

    private TraceRun(RunPlan plan, RunFolder folder, WorkLock lock, List<AnsweredQuestion> dataset) {
        this.plan = plan;
        this.folder = folder;
        this.lock = lock;
        this.dataset = List.copyOf(dataset);
        chosen = plan.portion().chosen(dataset);
        List<List<Numbered>> all = plan.portion().mine(dataset);
        FinishedSamples finished = FinishedSamples.of(folder, dataset);
        open = all.stream()
                .map(picture -> picture.stream()
                        .filter(numbered ->
                                !finished.isFinished(numbered.sample().id()))
                        .toList())
                .filter(picture -> !picture.isEmpty())
                .toList();
        mine = count(all);
        before = mine - count(open);
        plan.settings().pathways().forEach(pathway -> neverCut.add(pathway.name()));
    }

    /**
     * Reads the samples, their answers without the checkpoint's end tokens.
     *
     * @throws InputException if the checkpoint or the file cannot be used; single faulty entries are skipped
     */
    public static AnsweredQuestions read(RunPlan plan) {
        Set<Integer> ends = new TreeSet<>(FilteredDataset.PUBLISHED_ENDS);
        try (Checkpoint checkpoint = Checkpoint.open(plan.model())) {
            ends.addAll(checkpoint.generation().endTokens());
        }
        return FilteredDataset.read(plan.dataset(), plan.samples(), ends);
    }

    /**
     * Begins a run or goes on with it. Needs no model yet, so that what cannot be done is told at once.
     *
     * @param dataset the samples that {@link #read} gives, in their order
     * @throws InputException if the folder is traced into by another process, or was begun under other settings; if the
     *     checkpoint or a folder cannot be used
     */
    public static TraceRun open(RunPlan plan, List<AnsweredQuestion> dataset) {
        RunInputs.require(plan, dataset.size());
        Manifest manifest = Manifest.of(plan, DatasetFile.of(plan.samples(), dataset.size()));
        RunFolder folder = new RunFolder(plan.folder());
        Folders.make(plan.folder());
        Shard shard = plan.portion().shard();
        WorkLock lock = WorkLock.alone(folder.lock(), () -> {
            manifest.beginOrCompare(folder.manifest());
            RunDataset.use(folder, manifest, dataset);
            // Last: shards that begin together are not in each other's way while one of them changes the dataset.
            return WorkLock.tryTake(folder.lock(), shard.firstPoint(), shard.endPoint())
                    .orElseThrow(() -> taken(plan));
        });
        try {
            return new TraceRun(plan, folder, lock, dataset);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Whether a run can go on under a plan, whatever its samples: needs only the checkpoint.
     *
     * @return the first setting that differs from those under which the run began, with both values; empty if none does,
     *     or no run has begun
     */
    public static Optional<String> difference(RunPlan plan) {
        Path manifest = new RunFolder(plan.folder()).manifest();
        return Files.exists(manifest) ? Manifest.difference(plan, manifest) : Optional.empty();
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

    /** How many samples are still to be traced by this process. */
    public int remaining() {
        return mine - before - traced - failed.size();
    }

    /**
     * Traces what is open. A sample that cannot be traced is noted and left for a later call; every other one is on the
     * disk before its worker begins the next.
     *
     * @param model of the plan's checkpoint, loaded as the plan says
     * @param progress hears of each sample
     * @param stop asked before each sample whether to end here
     */
    public void trace(Mllama model, Progress progress, BooleanSupplier stop) {
        VerifiedSweep sweep =
                new VerifiedSweep(plan.settings().strategy().sweep(model), new NaiveSweep(model), plan.verify());
        try (Journal journal = Journal.open(folder.journal(plan.portion().shard()), entry -> {})) {
            stopped = SideBySide.run(model, open, () -> new Tracing(model, sweep, journal), progress, stop);
        }
        verified = sweep.verified();
        largestDifference = sweep.largestDifference();
    }

    /** One worker's way with a sample. */
    private final class Tracing implements SideBySide.Worker<Numbered> {
        private final SampleTracer tracer;
        private final Journal journal;

        Tracing(Mllama model, Sweep sweep, Journal journal) {
            this.tracer = new SampleTracer(model, plan.images(), plan.settings(), sweep);
            this.journal = journal;
        }

        @Override
        public Runnable work(Numbered numbered) {
            long begin = System.nanoTime();
            try {
                Trace trace = tracer.trace(numbered.sample());
                double seconds = (System.nanoTime() - begin) / NANOSECONDS;
                return () -> {
                    journal.append(SampleEntry.finished(numbered, trace, seconds));
                    traced++;
                    trace.curves().stream().map(Curve::pathway).forEach(pathway -> neverCut.remove(pathway.name()));
                };
            } catch (InputException e) {
                return () -> {
                    journal.append(SampleEntry.failed(numbered, e.getMessage()));
                    failed.put(numbered.sample().id(), e.getMessage());
                };
            }
        }

        @Override
        public void close() {
            tracer.close();
        }
    }

    /**
     * Writes what a finished run has beside its journals: the table of results once every sample of all shards was tried,
     * and the published form if the plan asks for it.
     */
    public RunReport finish() {
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
                missing == 0 ? results() : Optional.empty(),
                plan.export() && !stopped ? PublishedExport.write(folder) : List.of());
    }

    private Optional<Path> results() {
        try (OwnFiles own = OwnFiles.in(folder.path());
                ResultTable table = ResultTable.read(List.of(folder.path()))) {
            table.writeParquet(folder.results(), own);
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
