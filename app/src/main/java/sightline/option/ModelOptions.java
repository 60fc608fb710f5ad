package sightline.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.device.Devices;
import sightline.model.LoadOptions;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

/** Which model, and how it computes. */
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
                            + " of the memory, otherwise bfloat16.")
    private String dtype;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description =
                    "Where to compute: auto (default: the graphics card if one can be used, otherwise the CPU), cpu"
                            + " or cuda.")
    private String device;

    @Mixin
    private TemplateOption template;

    /** The checkpoint. */
    public Path folder() {
        return Options.path("--model", folder);
    }

    /** The model, loaded when it is first needed; the caller closes it. */
    public LazyModel lazily(Console console) {
        return new LazyModel(console, folder(), loadOptions(console));
    }

    /** How it is loaded, told on stderr where a card is there that cannot be used. */
    public LoadOptions loadOptions(Console console) {
        Optional<DType> type = type();
        Devices.Choice chosen = device();
        LoadOptions options = loadOptions(type, chosen);
        chosen.whyNoCard().ifPresent(why -> console.note("computing on the CPU: " + why));
        return options;
    }

    /** How it is loaded: number format, device, chat template. */
    public LoadOptions loadOptions() {
        return loadOptions(type(), device());
    }

    private LoadOptions loadOptions(Optional<DType> type, Devices.Choice chosen) {
        LoadOptions options = LoadOptions.defaults().on(chosen.device());
        options = template.given().map(options::withChatTemplate).orElse(options);
        return type.map(options::withDType).orElse(options);
    }

    private Optional<DType> type() {
        Map<String, Optional<DType>> types = new LinkedHashMap<>();
        types.put("auto", Optional.empty());
        types.put("float32", Optional.of(DType.FLOAT32));
        types.put("bfloat16", Optional.of(DType.BFLOAT16));
        return Options.oneOf("--dtype", dtype, types);
    }

    private Devices.Choice device() {
        Map<String, Optional<ComputeDevice>> devices = new LinkedHashMap<>();
        devices.put("auto", Optional.empty());
        for (ComputeDevice each : ComputeDevice.values()) {
            devices.put(each.toString(), Optional.of(each));
        }
        return Options.oneOf("--device", device, devices)
                .map(given -> new Devices.Choice(given, Optional.empty()))
                .orElseGet(Devices::automatic);
    }
}
