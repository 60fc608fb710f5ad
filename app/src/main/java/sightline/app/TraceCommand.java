package sightline.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.Dataset;
import sightline.dataset.Samples;
import sightline.model.Mllama;
import sightline.run.RunFolder;
import sightline.run.RunPlan;
import sightline.run.RunReport;
import sightline.run.Shard;
import sightline.run.TraceRun;
import sightline.terminal.ProgressMeter;

/** Traces a filtered dataset. */
@Command(
        name = "trace",
        description = {
            "Traces the answers of a filtered dataset into a run's folder.",
            "",
            "Stopped or killed, the same command goes on where it was. Ctrl-C finishes the sample in hand."
        },
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  sightline trace vqav2 filtered_dataset_vqa.json --model DIR --images val2014 \\",
            "      --k 1,9 --out runs/vqa"
        })
final class TraceCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetName.class,
            description = "vqav2, visual7w or docvqa.")
    private Dataset dataset;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The filtered dataset, as `select` and the published scripts write it.")
    private Path samples;

    @Mixin
    private ModelOptions model;

    @Option(
            names = {"--images", "--image_dir"},
            required = true,
            paramLabel = "DIR",
            description = "The folder of the dataset's pictures.")
    private Path images;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private PortionOptions portion;

    @Option(names = "--strict", description = "Stop at the first faulty entry instead of skipping it.")
    private boolean strict;

    @Option(
            names = "--export",
            paramLabel = "FORM",
            description = "published: also write one {id}.json for each sample, as the published scripts do.")
    private String export;

    @Option(
            names = {"--out", "--results"},
            required = true,
            paramLabel = "RUN",
            description = "The run's folder.")
    private Path out;

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunPlan plan = plan();
        AnsweredQuestions read = TraceRun.read(plan);
        if (strict) {
            Samples.requireNone(read.skipped());
        }
        SkipText.lines(read.skipped()).forEach(console::note);
        read.remarks().forEach(remark -> console.note(remark + "."));
        try (TraceRun run = TraceRun.open(plan, read.questions())) {
            if (run.remaining() == 0) {
                return tell(plan, run.finish());
            }
            try (Mllama loaded = model.load(console);
                    Interruption interruption = Interruption.watch(console, "sample")) {
                try (ProgressMeter meter = console.progress("tracing", "samples")) {
                    run.trace(loaded, meter::done, interruption::asked);
                }
                return tell(plan, run.finish());
            }
        }
    }

    private RunPlan plan() {
        boolean published = export != null && Options.oneOf("--export", export, Map.of("published", true));
        return new RunPlan(
                Options.path("--out", out),
                dataset,
                Options.path("FILE", samples),
                Options.path("--images", images),
                model.folder(),
                model.loadOptions(),
                trace.settings(),
                portion.portion(),
                trace.verify(),
                published);
    }

    private int tell(RunPlan plan, RunReport report) {
        int there = report.before() + report.traced();
        Shard shard = plan.portion().shard();
        SampleFailures.tell(
                console,
                report.failed(),
                there > 0,
                new RunFolder(plan.folder()).journal(shard).toString());
        report.neverCut().forEach(pathway -> console.note(pathway + " had nothing to cut in any of these samples."));
        if (report.verified() > 0) {
            console.note(String.format(
                    Locale.ROOT,
                    "verified %d with the naive sweep: the largest difference of a token's probability is %.1e of it",
                    report.verified(),
                    report.largestDifference()));
        }
        if (report.stopped()) {
            console.note("stopped after " + there + " of " + report.samples()
                    + " samples. The same command goes on from there.");
            return Interruption.STATUS;
        }
        console.print(lines(report, there));
        return 0;
    }

    private List<String> lines(RunReport report, int there) {
        List<String> lines = new ArrayList<>();
        lines.add(there + " of " + report.samples() + " samples traced: " + out);
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
