package sightline.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sightline.checkpoint.ModelConfig;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Medium;
import sightline.model.LoadOptions;
import sightline.tensor.DType;

/** Which model, and in which number format. Where it computes: {@link DeviceOption}, {@link DevicesOption}. */
public final class ModelOptions {
    /** Options that say what rows before the image token read. */
    public static final List<String> OF_ROWS = List.of("--rows", "--answer-rows");

    @Option(
            names = {"--model", "--model_path"},
            required = true,
            paramLabel = "DIR",
            description = "The checkpoint: a Llama 3.2-Vision or LLaVA-1.5 folder in the Hugging Face layout.")
    private Path folder;

    @Option(
            names = "--dtype",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description =
                    "Number format: auto, float32 or bfloat16. auto takes float32 if such weights fit into a quarter"
                            + " of the device's memory, otherwise bfloat16.")
    private String dtype;

    @Mixin
    private InputOptions inputs;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The checkpoint. */
    public Path folder() {
        return Options.path("--model", folder);
    }

    /** The model, loaded when it is first needed, on each device; the caller closes it. */
    public LazyModel lazily(Console console, DeviceChoice devices) {
        LoadOptions options = loadOptions(devices);
        devices.tell(console);
        return new LazyModel(console, folder(), options, devices.devices());
    }

    /** How it is loaded: number format, what is given for pictures and prompts, and the first device. */
    public LoadOptions loadOptions(DeviceChoice devices) {
        refuseRows();
        Optional<DType> type = type(dtype);
        if (type.isEmpty() && devices.elsewhere() && devices.first().isCard()) {
            throw new InputException(
                    "--dtype",
                    "is 'auto', and how much memory the cluster's cards have is not known here",
                    "float32 or bfloat16",
                    "Give one of them");
        }
        LoadOptions options = devices.loading().with(inputs.given());
        return type.map(options::withDType).orElse(options);
    }

    /** Row readings are of layers that read the picture beside the text. */
    private void refuseRows() {
        for (String option : OF_ROWS) {
            if (command.commandLine().getParseResult().hasMatchedOption(option)) {
                requireRows(option, Families.report(folder(), true).config());
            }
        }
    }

    /**
     * Refuses an option of rows that a model has no readings of.
     *
     * @throws InputException if no layer reads the picture beside the text
     */
    public static void requireRows(String option, ModelConfig config) {
        if (config.shape().layersOf(Medium.IMAGE).isEmpty()) {
            throw new InputException(
                    option,
                    "has no meaning for " + config.architecture()
                            + ": its picture is among the text's rows, and no layer reads it otherwise",
                    "",
                    "Leave it out");
        }
    }

    /** The format that a value of {@code --dtype} names; empty if the model's size decides. */
    public static Optional<DType> type(String value) {
        Map<String, Optional<DType>> types = new LinkedHashMap<>();
        types.put("auto", Optional.empty());
        types.put("float32", Optional.of(DType.FLOAT32));
        types.put("bfloat16", Optional.of(DType.BFLOAT16));
        return Options.oneOf("--dtype", value, types);
    }
}
