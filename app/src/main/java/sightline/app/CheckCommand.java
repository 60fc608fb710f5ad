package sightline.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sightline.checkpoint.CheckpointReport;
import sightline.error.InputException;
import sightline.model.Processor;
import sightline.text.EncodedPrompt;
import sightline.text.PromptFormat;

/** Says what a checkpoint folder holds and whether it can be used. */
@Command(
        name = "check",
        description = {
            "Checks a checkpoint folder and says what it is: sizes, layers, memory, files, and what is missing.",
            "",
            "Exit status 1 if the model cannot be run from it; warnings alone are no failure. Weights are checked for"
                    + " names, shapes and places in their files, not read through."
        },
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private static final String PROBE = "What is this?";

    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder; one with config.json alone will do.")
    private Path folder;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CheckpointReport report = CheckpointReport.of(folder);
        console.print(CheckText.lines(report));
        InputException problem = null;
        try (Processor processor = Processor.load(folder, report.config())) {
            EncodedPrompt probe = processor.prompt(PromptFormat.of("plain").fill(PROBE, java.util.List.of()));
            console.print(CheckText.prompt(PROBE, probe));
        } catch (InputException e) {
            problem = e;
        }
        console.print(CheckText.warnings(report));
        console.out().flush();
        if (problem != null) {
            throw problem;
        }
        if (report.weights().isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "has no weights",
                    "model.safetensors, or model.safetensors.index.json and its shards",
                    "Download them from where the configuration comes from");
        }
        console.print(java.util.List.of("This checkpoint can be used."));
        return 0;
    }
}
