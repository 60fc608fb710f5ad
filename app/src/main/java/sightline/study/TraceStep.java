package sightline.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sightline.answering.Crew;
import sightline.console.Console;
import sightline.console.Interruption;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.OfficialQuestions;
import sightline.files.OwnFiles;
import sightline.model.VisionLanguageModel;
import sightline.option.FlipEndOption;
import sightline.option.HeadOption;
import sightline.option.LazyModel;
import sightline.run.HeadMeansCheck;
import sightline.run.HeadRound;
import sightline.run.RunFolder;
import sightline.run.RunPlan;
import sightline.run.RunReport;
import sightline.run.TraceRun;
import sightline.sweep.VerifiedSweep;
import sightline.terminal.Counts;
import sightline.terminal.ProgressMeter;

/** Traces a filtered dataset, and tells of it. */
final class TraceStep {
    private TraceStep() {}

    /**
     * Traces what is open.
     *
     * @param strict whether an entry that cannot be used is an error
     * @param crew that works; empty if this process does
     */
    static StepEnd run(Console console, RunPlan plan, boolean strict, LazyModel model, Optional<Crew> crew) {
        HeadOption.require(
                plan.settings().additions().jointHeads(),
                model.checkpoint().config().shape());
        FlipEndOption.require(plan.settings().flipEnd(), model.checkpoint().endTokens());
        AnsweredQuestions read = TraceRun.read(plan, model.checkpoint());
        if (strict) {
            OfficialQuestions.requireNone(read.skipped());
        }
        SkipText.lines(read.skipped()).forEach(console::note);
        read.remarks().forEach(remark -> console.note(remark + "."));
        try (OwnFiles own = OwnFiles.in(plan.folder())) {
            new RunFolder(plan.folder()).tables().forEach(own::requireOwn); // before hours of tracing, not after
        }
        HeadMeansCheck.require(plan, read.questions(), crew.isPresent());
        HeadRound.require(plan, read.questions());
        try (TraceRun run = TraceRun.open(plan, read.questions(), model.checkpoint())) {
            StepEnd end = traced(console, plan, run, model, crew);
            return end == StepEnd.FINISHED ? secondRound(console, run, model, crew) : end;
        }
    }

    private static StepEnd traced(Console console, RunPlan plan, TraceRun run, LazyModel model, Optional<Crew> crew) {
        if (run.remaining() > 0) {
            try (Interruption interruption = Interruption.watch(console, "sample")) {
                trace(console, run, model, crew, interruption);
                StepEnd end = tell(console, plan, run.finish(), model);
                return interruption.asked() ? StepEnd.STOPPED : end;
            }
        }
        return tell(console, plan, run.finish(), model);
    }

    /** Curves of heads, if they are asked for. */
    private static StepEnd secondRound(Console console, TraceRun first, LazyModel model, Optional<Crew> crew) {
        if (!first.plan().settings().additions().jointHeads().curves()) {
            return StepEnd.FINISHED;
        }
        Optional<TraceRun> second = HeadRound.open(first, model.checkpoint());
        if (second.isEmpty()) {
            console.note("curves of heads wait for the samples of other shards; give the same command again then.");
            return StepEnd.FINISHED;
        }
        try (TraceRun run = second.get()) {
            console.note(
                    "second round: shares of the heads, ranked on one half of the pictures, kept and cut together on"
                            + " the other.");
            return traced(console, run.plan(), run, model, crew);
        }
    }

    private static void trace(
            Console console, TraceRun run, LazyModel model, Optional<Crew> crew, Interruption interruption) {
        if (crew.isPresent()) {
            try (ProgressMeter meter = console.progress("tracing", "samples")) {
                run.trace(crew.get(), model.checkpoint(), meter::done, interruption::asked);
            }
            return;
        }
        List<VisionLanguageModel> loaded = model.all();
        try (ProgressMeter meter = console.progress("tracing", "samples")) {
            run.trace(loaded, meter::done, interruption::asked);
        }
    }

    private static StepEnd tell(Console console, RunPlan plan, RunReport report, LazyModel model) {
        int there = report.before() + report.traced();
        SampleFailures.tell(
                console,
                report.failed(),
                there > 0,
                new RunFolder(plan.folder()).journal(plan.portion().shard()).toString());
        report.neverCut().forEach(pathway -> console.note(pathway + " had nothing to cut in any of these samples."));
        if (report.verified() > 0) {
            console.note("verified " + report.verified() + " "
                    + VerifiedSweep.told(
                            report.largestDifference(),
                            model.checkpoint().dtype(),
                            plan.settings().temperature()));
        } else if (plan.verify() > 0) {
            console.note("--verify: no sample was traced now, so none was traced again.");
        }
        if (report.unmeasured() > 0) {
            console.note(report.unmeasured() + " samples of this run were traced by an earlier version, which took no"
                    + " measures beside probabilities: log-odds, flips and the like leave them out. Trace into a new --out"
                    + " to have them of all.");
        }
        if (report.withoutFoil() > 0) {
            console.note(Counts.of(report.withoutFoil(), "sample", "samples") + " of this run: "
                    + (plan.settings().foils().choices()
                            ? "none of their choices is the answer"
                            : "a foil is the answer itself")
                    + ", so the likeliest other token is the foil. Curves of foils leave them out.");
        }
        if (report.withoutRegion() > 0) {
            console.note(
                    report.withoutRegion() + " of the samples traced now have no answer region: no box of them is told,"
                            + " or their page does not say the answer in these words; the journal has why (no_region).");
        }
        if (report.stopped()) {
            console.note("stopped after " + there + " of " + report.samples()
                    + " samples. The same command goes on from there.");
            return StepEnd.STOPPED;
        }
        console.print(lines(plan, report, there));
        return StepEnd.FINISHED;
    }

    private static List<String> lines(RunPlan plan, RunReport report, int there) {
        List<String> lines = new ArrayList<>();
        lines.add(there + " of " + report.samples() + " samples traced: " + plan.folder());
        report.results()
                .ifPresentOrElse(
                        table -> lines.add("all results: " + table),
                        () -> lines.add(
                                report.missing() + " samples of other shards are still to be traced; the last one to"
                                        + " finish writes all results."));
        report.published().forEach(folder -> lines.add("published form: " + folder));
        return lines;
    }
}
