package sightline.study;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sightline.analysis.SummarySettings;
import sightline.answering.AnswerPlan;
import sightline.console.Console;
import sightline.console.Interruption;
import sightline.dataset.Dataset;
import sightline.option.AdditionOptions;
import sightline.option.DeviceChoice;
import sightline.option.DevicesOption;
import sightline.option.FoilOptions;
import sightline.option.InsideOptions;
import sightline.option.IntervalOptions;
import sightline.option.LazyModel;
import sightline.option.ModelOptions;
import sightline.option.Options;
import sightline.option.TraceOptions;
import sightline.report.ReportStep;
import sightline.run.RunSettings;
import sightline.selection.Selection;

/** The whole experiment on one dataset. */
@Command(
        name = "study",
        description = {
            "The whole experiment on one dataset: answer, score, select, trace and report in a row.",
            "",
            "The folder holds answers.json, correct.json, scores.json, selection, run and report. Stopped or killed, the"
                    + " same command goes on where it was."
        },
        sortOptions = false,
        customSynopsis =
                "sightline study DATASET --model DIR --images DIR --annotations FILE [--questions FILE] --out DIR"
                        + " [OPTIONS]",
        footer = {
            "",
            "Example:",
            "  sightline study visual7w --model DIR --images images \\",
            "      --annotations dataset_v7w_telling.json --limit 500 --out studies/visual7w"
        })
public final class StudyCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private DatasetOptions dataset;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DevicesOption devices;

    @Mixin
    private QuestionsOptions questions;

    @Option(
            names = "--per-category",
            paramLabel = "N",
            description = "How many right answers of each category are traced; 1000 by default. Not for DocVQA.")
    private String perCategory;

    @Option(
            names = "--selection-seed",
            paramLabel = "N",
            description = "Seed of their drawing; 42 by default. Not for DocVQA.")
    private String seed;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private IntervalOptions intervals;

    @Mixin
    private AdditionOptions additions;

    @Mixin
    private InsideOptions inside;

    @Mixin
    private HeadAttentionOption attentionHeads;

    @Mixin
    private FoilOptions foil;

    @Mixin
    private RegionOption region;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for all files.")
    private Path out;

    public StudyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DeviceChoice chosen = devices.chosen();
        SummarySettings reporting = SummarySettings.usual().with(intervals.clusters(), intervals.interval());
        reporting.clusters().ifPresent(clusters -> clusters.requireFor(dataset.dataset()));
        StudyPlan plan = plan(chosen);
        try (LazyModel loaded = model.lazily(console, chosen)) {
            if (!(new StudySteps(console, plan, loaded).run() instanceof StudyEnd.Finished end)) {
                return Interruption.STATUS;
            }
            if (end.nothingRight().isPresent()) {
                throw end.nothingRight().get();
            }
        }
        ReportStep.run(console, List.of(plan.run()), reporting, plan.report());
        return 0;
    }

    private StudyPlan plan(DeviceChoice chosen) {
        Dataset named = dataset.dataset();
        if (!named.sampled() && (perCategory != null || seed != null)) {
            throw new ParameterException(
                    command.commandLine(), named + " is not sampled; leave out --per-category and --selection-seed");
        }
        int count = perCategory == null
                ? Selection.PUBLISHED_PER_CATEGORY
                : Options.integer("--per-category", perCategory, 1, "1000");
        long drawing = seed == null ? Selection.PUBLISHED_SEED : Options.wholeNumber("--selection-seed", seed, "42");
        RunSettings curves = trace.settings();
        RunSettings settings = curves.with(
                        region.in(additions.additions(curves.maskings()).reading(attentionHeads.kinds(inside))))
                .with(foil.foils(named.prompt().choices()));
        int verify = trace.verify();
        Path folder = Options.output("--out", out);
        AnswerPlan answering = questions.plan(named, model, chosen, questions.rows(), StudyPlan.answers(folder));
        return new StudyPlan(
                folder,
                questions.samples(dataset),
                answering,
                count,
                drawing,
                settings,
                verify,
                dataset.strict(),
                region.source());
    }
}
