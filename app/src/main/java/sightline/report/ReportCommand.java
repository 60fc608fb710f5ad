package sightline.report;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.analysis.Clipping;
import sightline.analysis.LayerScale;
import sightline.analysis.Metric;
import sightline.analysis.PublishedResults;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.console.Console;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.figure.FigureStyle;
import sightline.option.IntervalOptions;
import sightline.option.Options;

/** Makes figures, tables and a page out of runs. */
@Command(
        name = "report",
        description = {
            "Makes a report out of runs: report.html, curves.csv, stability.csv, contrasts.csv, and figures as",
            "SVG, PDF and PNG.",
            "",
            "A run need not be finished. Runs on several datasets stand side by side.",
            "What was traced beside the curves goes into whole_depth.csv and controls.csv."
        },
        sortOptions = false)
public final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs, as `sightline trace` makes them; with --ids, one of results in the"
                    + " published form.")
    private List<Path> runs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the report goes. An earlier report there is replaced.")
    private Path out;

    @Option(
            names = "--style",
            defaultValue = "sightline",
            paramLabel = "STYLE",
            description = "How figures look: sightline (default), or paper for the published plots and colours, which"
                    + " have rules of their own on thresholds and clipping; published.csv has their numbers.")
    private String style;

    @Option(
            names = "--threshold",
            defaultValue = "0.5",
            paramLabel = "P",
            description = "Leave out samples whose uncut probability is below this; 0.5 by default, 0 keeps all.")
    private String threshold;

    @Option(
            names = "--clip",
            defaultValue = "none",
            paramLabel = "RULE",
            description = "Whether rises count as 0: none (default), published (by dataset, as in the published"
                    + " plots) or all.")
    private String clip;

    @Option(
            names = "--metric",
            defaultValue = "product",
            paramLabel = "METRIC",
            description = "An answer's probability: product over its tokens (default), or length-normalised, its root"
                    + " by the number of tokens.")
    private String metric;

    @Option(
            names = "--axis",
            defaultValue = "layers",
            paramLabel = "SCALE",
            description =
                    "What the axis under curves counts: layers (default), or depth, in percent of the model's layers,"
                            + " so that models of different depth stand side by side.")
    private String axis;

    @Mixin
    private IntervalOptions intervals;

    @Option(
            names = "--ids",
            paramLabel = "FILE",
            description = "RUN holds results in the published form, one ID.json per sample; FILE lists the ids of each"
                    + " category.")
    private Path ids;

    @Option(names = "--dataset", paramLabel = "NAME", description = "With --ids: vqav2, visual7w or docvqa.")
    private String dataset;

    @Option(names = "--k", paramLabel = "N", description = "With --ids: their window size; 9 by default.")
    private String size;

    public ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path folder = Options.output("--out", out);
        FigureStyle figures = Options.oneOf("--style", style, FigureStyle.values());
        Clipping clipping = Options.oneOf("--clip", clip, Clipping.values());
        Metric measure = Options.oneOf("--metric", metric, Metric.values());
        LayerScale scale = Options.oneOf("--axis", axis, LayerScale.values());
        if (figures == FigureStyle.PAPER && scale == LayerScale.DEPTH) {
            throw new InputException(
                    "--axis", "is 'depth', but figures as published count layers", "layers", "Leave it out");
        }
        SummarySettings settings = new SummarySettings(
                share(threshold), measure, clipping, intervals.clusters(), intervals.interval(), scale);
        runs.forEach(run -> Options.path("RUN", run));
        List<TracedDataset> datasets = ids == null ? runs() : List.of(published(measure));
        StudySummary study = StudySummary.of(datasets, settings);
        ReportStep.write(console, study, figures, folder);
        return 0;
    }

    private List<TracedDataset> runs() {
        if (dataset != null || size != null) {
            throw new InputException(
                    dataset != null ? "--dataset" : "--k",
                    "changes nothing: runs say it themselves",
                    "",
                    "Leave it out, or give --ids for results in the published form");
        }
        return RunResults.read(runs);
    }

    private TracedDataset published(Metric measure) {
        if (runs.size() != 1) {
            throw new InputException(
                    "--ids",
                    "goes with one folder, but " + runs.size() + " are given",
                    "",
                    "Make a report for each folder");
        }
        if (dataset == null) {
            throw new InputException("--dataset", "is missing; published results do not name theirs", "", "Give it");
        }
        if (measure != Metric.PRODUCT) {
            throw new InputException(
                    "--metric",
                    "is '" + measure + "', but published results do not tell how many tokens an answer has",
                    "product",
                    "Leave it out");
        }
        Dataset named = Options.oneOf("--dataset", dataset, Dataset.values());
        int k = size == null ? 9 : Options.integer("--k", size, 1, "9");
        return PublishedResults.read(runs.get(0), Options.path("--ids", ids), named, k);
    }

    private static double share(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Options.wrong("--threshold", value, "a number from 0 to 1", "0.5");
    }
}
