package sightline.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.model.LoadOptions;
import sightline.tensor.DType;

/** Which model, and in which number format. Where it computes: {@link DeviceOption}, {@link DevicesOption}. */
public final class ModelOptions {
    @Option(
            names = {"--model", "--model_path"},
            required = true,
            paramLabel = "DIR",
            description = "The checkpoint: a Llama 3.2-Vision folder in the Hugging Face layout.")
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

    /** The format that a value of {@code --dtype} names; empty if the model's size decides. */
    public static Optional<DType> type(String value) {
        Map<String, Optional<DType>> types = new LinkedHashMap<>();
        types.put("auto", Optional.empty());
        types.put("float32", Optional.of(DType.FLOAT32));
        types.put("bfloat16", Optional.of(DType.BFLOAT16));
        return Options.oneOf("--dtype", value, types);
    }
}
