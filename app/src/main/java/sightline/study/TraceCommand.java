package sightline.study;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.console.Console;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.option.AdditionOptions;
import sightline.option.ClusterOption;
import sightline.option.DeviceChoice;
import sightline.option.DevicesOption;
import sightline.option.FoilOptions;
import sightline.option.InsideOptions;
import sightline.option.LazyModel;
import sightline.option.ModelOptions;
import sightline.option.Options;
import sightline.option.TraceOptions;
import sightline.run.RunPlan;
import sightline.run.RunSettings;
import sightline.run.TraceAdditions;

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
public final class TraceCommand implements Callable<Integer> {
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

    @Mixin
    private DevicesOption devices;

    @Mixin
    private ClusterOption cluster;

    @Option(
            names = {"--images", "--image_dir"},
            required = true,
            paramLabel = "DIR",
            description = "The folder of the dataset's pictures.")
    private Path images;

    @Mixin
    private TraceOptions trace;

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

    public TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DeviceChoice chosen = devices.chosen(cluster);
        try (LazyModel loaded = model.lazily(console, chosen)) {
            return TraceStep.run(console, plan(chosen), strict, loaded, cluster.crew())
                    .status();
        }
    }

    private RunPlan plan(DeviceChoice chosen) {
        boolean published = export != null && Options.oneOf("--export", export, Map.of("published", true));
        RunSettings curves = trace.settings();
        TraceAdditions more = additions.additions(curves.maskings()).reading(attentionHeads.kinds(inside));
        RunSettings settings =
                curves.with(region.in(more)).with(foil.foils(dataset.prompt().choices()));
        if (published && settings.pathways().isEmpty()) {
            throw new InputException(
                    "--export",
                    "would write nothing: that form has no sample without a pathway",
                    "a pathway in --pathways",
                    "Leave --export out, or name a pathway");
        }
        return new RunPlan(
                Options.output("--out", out),
                dataset,
                Options.path("FILE", samples),
                Options.path("--images", images),
                model.folder(),
                model.loadOptions(chosen),
                settings,
                portion.portion(),
                trace.verify(),
                published,
                region.source());
    }
}
