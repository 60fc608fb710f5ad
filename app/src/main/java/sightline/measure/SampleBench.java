package sightline.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import sightline.answering.SampleChecks;
import sightline.checkpoint.ModelConfig;
import sightline.image.ImageTiles;
import sightline.knockout.HeadSilencing;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.sweep.NaiveSweep;
import sightline.sweep.SharedSweep;
import sightline.sweep.SweepWork;
import sightline.tensor.ComputeDevice;
import sightline.tensor.TensorOwner;
import sightline.tensor.Work;

/**
 * One sample on its way through the engine, each step timed. A step may be run several times; its fastest run counts.
 * The steps need {@link #see} first.
 */
public final class SampleBench implements AutoCloseable {
    private final VisionLanguageModel model;
    private final ModelConfig config;
    private final BenchSample sample;
    private final ImageTiles picture;
    private final SweepRequest request;
    private final SharedSweep sweep;
    private final List<Phase> phases = new ArrayList<>();
    private VisionMemory seen;
    private SweepPlan plan;
    private Trace trace;

    /** @param model closed by the caller */
    public SampleBench(VisionLanguageModel model, BenchSample sample) {
        this.model = model;
        this.config = model.config();
        this.sample = sample;
        this.picture = sample.picture(config);
        this.request = sample.request(config);
        this.sweep = new SharedSweep(model);
    }

    /** Runs the vision tower, then projector and image keys and values, then the rows that all questions share. */
    public void see(Progress progress) {
        Marks marks = new Marks(model.compute().device());
        VisionMemory memory = model.see(picture, marks.on(progress));
        marks.end();
        if (seen != null) {
            seen.close();
        }
        seen = memory;
        record("vision tower", config.towerWork(picture.count()), marks.untilLast());
        record(config.memoryName(), config.memoryWork(), marks.behindLast());
        SweepPlan plain = sweep.plan(sample.baseline(config), seen);
        if (plain.sharedRows(0) > 0) {
            Marks shared = new Marks(model.compute().device());
            try (TensorOwner.Use use = model.use(seen)) {
                model.firstRows(request.prompt(), seen, request.rows());
            }
            shared.end();
            record("shared rows", SweepWork.sharedRows(plain), shared.all());
        }
    }

    /** Runs prompt and answer once with nothing cut. */
    public void prompt(Progress progress) {
        SweepRequest baseline = sample.baseline(config);
        Marks marks = new Marks(model.compute().device());
        sweep.run(baseline, seen, marks.on(progress));
        marks.end();
        record("prompt pass", withHead(sweep.plan(baseline, seen)), marks.all());
    }

    /** Runs the shared sweep: all layers, then the head. The first run plans, too. */
    public void sweep(Progress progress) {
        Marks marks = new Marks(model.compute().device());
        trace = sweep.run(request, seen, marks.on(progress));
        marks.end();
        plan = sweep.plan(request, seen);
        requireFinite(trace);
        if (marks.steps() == plan.cost().states()) {
            record("sweep", SweepWork.layers(plan), marks.untilLast());
            record("head", List.of(SweepWork.head(plan)), marks.behindLast());
        } else { // walked in parts, each with its own head
            record("sweep and head, in parts", withHead(plan), marks.all());
        }
    }

    /** Runs the shared sweep with each attention head silenced alone beside what is cut: one walk for both. */
    public void heads(Progress progress) {
        SweepRequest with =
                request.withMore(HeadSilencing.atReadOut(Optional.empty()).each(config.shape()));
        Marks marks = new Marks(model.compute().device());
        requireFinite(sweep.run(with, seen, marks.on(progress)));
        marks.end();
        record("sweep with every attention head", withHead(sweep.plan(with, seen)), marks.all());
    }

    private static List<Work> withHead(SweepPlan plan) {
        return Stream.concat(SweepWork.layers(plan).stream(), Stream.of(SweepWork.head(plan)))
                .toList();
    }

    private static void requireFinite(Trace trace) {
        if (!SampleChecks.isFinite(trace)) {
            throw new IllegalStateException("the sweep gave numbers that are not finite, so its time means nothing");
        }
    }

    private void record(String name, List<Work> work, double seconds) {
        Phase phase = new Phase(name, work, seconds);
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).name().equals(name)) {
                phases.set(i, phases.get(i).fastest(phase));
                return;
            }
        }
        phases.add(phase);
    }

    /**
     * Times the naive sweep after {@link #sweep}.
     *
     * @param passes how many of its text passes to run; more than there are means all
     */
    public NaiveTime naive(int passes, Progress progress) {
        Marks marks = new Marks(model.compute().device());
        Progress counted = marks.on(progress);
        try {
            Trace naive = new NaiveSweep(model).run(request, seen, (done, all) -> {
                counted.done(done, all);
                if (done == passes && done < all) {
                    throw new Enough();
                }
            });
            marks.end();
            OptionalDouble difference = OptionalDouble.of(trace.largestDifference(naive));
            return new NaiveTime(marks.done(), marks.steps(), marks.all(), difference);
        } catch (Enough e) {
            return new NaiveTime(marks.done(), marks.steps(), marks.untilLast(), OptionalDouble.empty());
        }
    }

    /** What the sweep was planned to be; after {@link #sweep}. */
    public SweepPlan plan() {
        return plan;
    }

    /** The steps so far, in order, each at its fastest. */
    public List<Phase> phases() {
        return List.copyOf(phases);
    }

    @Override
    public void close() {
        sweep.close();
        if (seen != null) {
            seen.close();
        }
    }

    /** Ends a naive sweep of which enough is known. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough passes are timed", null, false, false);
        }
    }

    /**
     * When a computation began, last reported progress, and ended. A device may be behind the reports: it is waited for at the
     * last one and at the end. The naive sweep reads each pass's numbers back before it reports it.
     */
    private static final class Marks {
        private static final double NANOSECONDS = 1e9;

        private final ComputeDevice device;
        private final long start;
        private long last;
        private long end;
        private int done;
        private int steps;

        Marks(ComputeDevice device) {
            this.device = device;
            device.synchronize();
            start = System.nanoTime();
            last = start;
            end = start;
        }

        Progress on(Progress outer) {
            return (doneNow, all) -> {
                if (doneNow == all) {
                    device.synchronize();
                }
                last = System.nanoTime();
                done = doneNow;
                steps = all;
                outer.done(doneNow, all);
            };
        }

        void end() {
            device.synchronize();
            end = System.nanoTime();
        }

        int done() {
            return done;
        }

        int steps() {
            return steps;
        }

        double untilLast() {
            return (last - start) / NANOSECONDS;
        }

        double behindLast() {
            return (end - last) / NANOSECONDS;
        }

        double all() {
            return (end - start) / NANOSECONDS;
        }
    }
}
