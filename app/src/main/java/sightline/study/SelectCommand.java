package sightline.study;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sightline.console.Console;
import sightline.dataset.OfficialQuestions;
import sightline.option.Options;
import sightline.selection.Selection;
import sightline.selection.SelectionReport;

/** Selects the questions to trace. */
@Command(
        name = "select",
        description = {
            "Selects which of the correctly answered questions are traced. ANSWERS is what score wrote.",
            "",
            "VQAv2 and Visual7W are sampled by category as in the published study, with the same ids for the same answers"
                    + " and seed. DocVQA is not sampled."
        },
        sortOptions = false,
        customSynopsis = "sightline select DATASET ANSWERS --annotations FILE [--questions FILE] --out DIR [OPTIONS]",
        footer = {
            "",
            "Example:",
            "  sightline select visual7w correct.json --annotations dataset_v7w_telling.json --out selection"
        })
public final class SelectCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private DatasetOptions dataset;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ANSWERS",
            description = "The file of correct answers that score wrote.")
    private Path answers;

    @Mixin
    private AnswersFile answersFile;

    @Option(
            names = "--per-category",
            paramLabel = "N",
            description = "How many questions of each category; 1000 by default. Not for DocVQA.")
    private String perCategory;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the drawing; 42 by default. Not for DocVQA.")
    private String seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the files.")
    private Path out;

    public SelectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!dataset.dataset().sampled() && (perCategory != null || seed != null)) {
            throw new ParameterException(
                    command.commandLine(), dataset.dataset() + " is not sampled; leave out --per-category and --seed");
        }
        int count = perCategory == null
                ? Selection.PUBLISHED_PER_CATEGORY
                : Options.integer("--per-category", perCategory, 1, "1000");
        long drawing = seed == null ? Selection.PUBLISHED_SEED : Options.wholeNumber("--seed", seed, "42");
        Path folder = Options.output("--out", out);
        Path file = answersFile.file(answers);
        OfficialQuestions official = dataset.samples();
        SelectionReport report =
                Selection.select(dataset.dataset(), file, official, count, drawing, folder, dataset.strict());
        SelectText.tell(console, dataset.dataset(), report);
        return 0;
    }
}
