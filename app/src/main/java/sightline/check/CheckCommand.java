package sightline.check;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sightline.checkpoint.CheckpointReport;
import sightline.console.Console;
import sightline.cuda.CudaText;
import sightline.device.Devices;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.RgbImage;
import sightline.model.Processor;
import sightline.model.ProcessorOptions;
import sightline.option.InputOptions;
import sightline.option.Options;
import sightline.tensor.ComputeDevice;
import sightline.text.EncodedPrompt;
import sightline.text.PromptFormat;
import sightline.text.WordPlaces;

/** Says what a checkpoint folder holds and whether it can be used. */
@Command(
        name = "check",
        description = {
            "Checks a checkpoint folder and says what it is: sizes, layers, memory, files, and what is missing.",
            "",
            "With --device cuda, also without a folder: what this machine has for computing on an NVIDIA card.",
            "",
            "Exit status 1 if the model cannot be run from it, or no card can be used; warnings alone are no failure. Weights are checked for"
                    + " names, shapes and places in their files, not read through."
        },
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
    private static final String PROBE = "What is this?";
    private static final RgbImage BLANK = new RgbImage(1, 1, new byte[3]);

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder; one with config.json alone will do. Not needed with --device.")
    private Path folder;

    @Option(
            names = "--device",
            paramLabel = "CARD",
            description =
                    "Check this machine instead, or too: its driver, cards and NVIDIA's libraries, and whether the card can"
                            + " be used. cuda for the first one, or cuda:N for another.")
    private String device;

    @Spec
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs;

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (device != null) {
            card(ComputeDevice.named(device)
                    .filter(ComputeDevice::isCard)
                    .orElseThrow(() -> Options.wrong(
                            "--device", device, "a card: cuda for the first one, or cuda:N for another", "cuda")));
        } else if (folder == null) {
            throw new ParameterException(spec.commandLine(), "missing: DIR, or --device cuda");
        }
        if (folder != null) {
            checkpoint();
        }
        return 0;
    }

    private void card(ComputeDevice card) {
        console.print(CudaText.machine());
        try {
            Devices.require(card);
        } catch (InputException e) {
            throw new InputException("CUDA", e.problem(), e.expected(), e.nextStep(), e);
        }
        console.print(List.of("The card can be used."));
    }

    private void checkpoint() {
        ProcessorOptions given = inputs.given();
        CheckpointReport report = Families.report(
                Options.path("DIR", folder), given.chatTemplate().isPresent());
        console.print(CheckText.lines(report));
        console.print(CheckText.warnings(report));
        if (report.weights().isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "has no weights",
                    "model.safetensors, or model.safetensors.index.json and its shards",
                    "Download them from where the configuration comes from");
        }
        try (Processor processor = Families.processor(folder, report.config(), given)) {
            EncodedPrompt probe = processor.prompt(
                    PromptFormat.of("plain").fill(PROBE, List.of()),
                    WordPlaces.OPTIONS,
                    processor.tokens(processor.picture(BLANK)));
            console.print(CheckText.prompt(PROBE, probe, processor));
        }
        console.print(List.of("This checkpoint can be used."));
    }
}
