package sightline.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sightline.device.Cards;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** Reads the values of {@code --device}. */
final class DeviceNames {
    /** The value that leaves it to us. */
    static final String AUTO = "auto";

    private static final String OPTION = "--device";
    private static final String ALL_CARDS = "cuda:all";
    private static final List<String> ONE = List.of(AUTO, "cpu", "cuda", "cuda:N");
    private static final List<String> SEVERAL = List.of(AUTO, "cpu", "cuda", "cuda:N", "cuda:0,cuda:1", ALL_CARDS);

    private static final List<String> IN_LIST = List.of("cuda", "cuda:N");

    private DeviceNames() {}

    /** The device for a command that uses one model. */
    static DeviceChoice one(String value) {
        if (value.contains(",") || value.equals(ALL_CARDS)) {
            throw new InputException(
                    OPTION,
                    "is '" + value + "', but this command uses one model",
                    "one device",
                    "For example --device cuda:1. `answer`, `trace` and `study` take several cards");
        }
        return choice(value, ONE, () -> {
            throw new IllegalStateException("one device is none of all");
        });
    }

    /** The device or devices for a command whose samples several models can share. */
    static DeviceChoice several(String value) {
        return several(value, Cards::all);
    }

    /** @param cards gives all that there are */
    static DeviceChoice several(String value, Supplier<List<ComputeDevice>> cards) {
        return choice(value, SEVERAL, cards);
    }

    /** A kind of device on other machines, which are not asked. */
    static DeviceChoice elsewhere(String value, ComputeDevice.Kind kind) {
        if (!List.of(AUTO, kind.toString()).contains(value)) {
            throw new InputException(
                    OPTION,
                    "is '" + value + "', but the cluster's settings give its tasks "
                            + (kind == ComputeDevice.Kind.CUDA ? "graphics cards" : "no graphics card"),
                    "auto or " + kind,
                    "Which card a task takes is set with spark.task.resource.gpu.amount (docs/cluster.md)");
        }
        return DeviceChoice.elsewhere(new ComputeDevice(kind, 0));
    }

    private static DeviceChoice choice(String value, List<String> names, Supplier<List<ComputeDevice>> cards) {
        if (value.equals(AUTO)) {
            return DeviceChoice.automatic();
        }
        return new DeviceChoice(value.equals(ALL_CARDS) ? cards.get() : listed(value, names), false, Optional.empty());
    }

    private static List<ComputeDevice> listed(String value, List<String> takes) {
        List<String> names = value.contains(",") ? IN_LIST : takes;
        List<ComputeDevice> devices = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            ComputeDevice device = ComputeDevice.named(name.strip())
                    .orElseThrow(
                            () -> Options.unknown(OPTION, name.strip(), names, "one of " + String.join(", ", names)));
            if (devices.contains(device)) {
                throw Options.wrong(OPTION, value, "each card once", "cuda:0,cuda:1");
            }
            devices.add(device);
        }
        if (devices.size() > 1 && devices.contains(ComputeDevice.CPU)) {
            throw Options.wrong(OPTION, value, "cards, or the CPU alone", "cuda:0,cuda:1");
        }
        return devices;
    }
}
