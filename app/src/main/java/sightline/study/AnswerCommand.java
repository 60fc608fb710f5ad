package sightline.study;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.answering.AnswerPlan;
import sightline.console.Console;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.knockout.RowReading;
import sightline.option.ClusterOption;
import sightline.option.DeviceChoice;
import sightline.option.DevicesOption;
import sightline.option.LazyModel;
import sightline.option.ModelOptions;
import sightline.option.Options;

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
public final class AnswerCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DatasetOptions dataset;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DevicesOption devices;

    @Mixin
    private ClusterOption cluster;

    @Mixin
    private QuestionsOptions questions;

    @Option(
            names = "--rows",
            paramLabel = "READING",
            description = "Another name of --answer-rows here, where nothing is traced.")
    private String rows;

    @Option(
            names = {"--out", "--answer_path", "--results"},
            required = true,
            paramLabel = "FILE",
            description = "Where the answers go. A folder FILE.run beside it keeps what is needed to go on.")
    private Path out;

    public AnswerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DeviceChoice chosen = devices.chosen(cluster);
        AnswerPlan plan = questions.plan(dataset.dataset(), model, chosen, rows(), Options.output("--out", out));
        OfficialQuestions asked = questions.samples(dataset);
        SkipText.lines(asked.skipped()).forEach(console::note);
        try (LazyModel loaded = model.lazily(console, chosen)) {
            return AnswerStep.run(console, plan, asked.samples(), loaded, cluster.crew())
                    .status();
        }
    }

    private RowReading rows() {
        if (rows == null) {
            return questions.rows();
        }
        RowReading reading = Options.oneOf("--rows", rows, RowReading.values());
        Optional<RowReading> other = questions.namedRows();
        if (other.isPresent() && other.get() != reading) {
            throw new InputException(
                    "--rows", "is '" + rows + "', but --answer-rows is '" + other.get() + "'", "", "Leave one out");
        }
        return reading;
    }
}
