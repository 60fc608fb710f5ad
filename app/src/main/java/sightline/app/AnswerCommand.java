package sightline.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.answering.AnswerPlan;
import sightline.dataset.Sample;
import sightline.dataset.Samples;
import sightline.error.InputException;
import sightline.model.RowReading;

/** Has the model answer a dataset's questions. */
@Command(
        name = "answer",
        description = {
            "Has the model answer the questions of a dataset, and writes the answers in the published form.",
            "",
            "Stopped or killed, the same command goes on where it was."
        },
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  sightline answer docvqa --model DIR --images documents \\",
            "      --annotations val_v1.0_withQT.json --out answers.json"
        })
final class AnswerCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DatasetOptions dataset;

    @Mixin
    private ModelOptions model;

    @Option(
            names = {"--images", "--image_dir"},
            required = true,
            paramLabel = "DIR",
            description = "The folder of the dataset's pictures.")
    private Path images;

    @Option(names = "--limit", paramLabel = "N", description = "Ask the first N questions only.")
    private String limit;

    @Option(
            names = "--rows",
            paramLabel = "READING",
            description = "Another name of --answer-rows here, where nothing is traced.")
    private String rows;

    @Mixin
    private GenerateOptions generate;

    @Option(
            names = "--choice-seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "Shuffles the choices of each Visual7W question, together with its id; 42 by default.")
    private String choiceSeed;

    @Option(
            names = {"--out", "--answer_path", "--results"},
            required = true,
            paramLabel = "FILE",
            description = "Where the answers go. A folder FILE.run beside it keeps what is needed to go on.")
    private Path out;

    AnswerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        AnswerPlan plan = plan();
        List<Sample> samples = samples();
        try (LazyModel loaded = model.lazily(console)) {
            return AnswerStep.run(console, plan, samples, loaded) ? 0 : Interruption.STATUS;
        }
    }

    private AnswerPlan plan() {
        return new AnswerPlan(
                dataset.dataset(),
                Options.path("--out", out),
                Options.path("--images", images),
                model.folder(),
                model.loadOptions(),
                rows(),
                generate.decoding(dataset.dataset().prompt().maxNewTokens()),
                Options.wholeNumber("--choice-seed", choiceSeed, "42"));
    }

    private RowReading rows() {
        if (rows == null) {
            return generate.rows();
        }
        RowReading reading = Options.oneOf("--rows", rows, RowReading.values());
        Optional<RowReading> other = generate.namedRows();
        if (other.isPresent() && other.get() != reading) {
            throw new InputException(
                    "--rows", "is '" + rows + "', but --answer-rows is '" + other.get() + "'", "", "Leave one out");
        }
        return reading;
    }

    private List<Sample> samples() {
        int most = limit == null ? Integer.MAX_VALUE : Options.integer("--limit", limit, 1, "100");
        Samples all = dataset.samples();
        List<Sample> first =
                all.samples().subList(0, Math.min(most, all.samples().size()));
        Samples asked = new Samples(first, all.skipped()).withImagesIn(Options.path("--images", images));
        if (dataset.strict()) {
            asked.requireNoSkips();
        }
        SkipText.lines(asked.skipped()).forEach(console::note);
        return asked.samples();
    }
}
