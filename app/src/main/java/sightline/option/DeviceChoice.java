package sightline.option;

import java.util.List;
import java.util.Optional;
import sightline.console.Console;
import sightline.device.Devices;
import sightline.model.LoadOptions;
import sightline.tensor.ComputeDevice;

/**
 * The devices that compute.
 *
 * @param devices at least one, all of one kind
 * @param elsewhere whether they are on other machines, of which nothing is known here but the kind of their devices
 * @param whyNoCard why {@code auto} took no card though there is one, as one sentence or several
 */
public record DeviceChoice(List<ComputeDevice> devices, boolean elsewhere, Optional<String> whyNoCard) {
    public DeviceChoice {
        devices = List.copyOf(devices);
    }

    /** What {@code auto} means here. */
    static DeviceChoice automatic() {
        Devices.Choice choice = Devices.automatic();
        return new DeviceChoice(List.of(choice.device()), false, choice.whyNoCard());
    }

    /** One on another machine. */
    static DeviceChoice elsewhere(ComputeDevice device) {
        return new DeviceChoice(List.of(device), true, Optional.empty());
    }

    /** The first or only one. */
    public ComputeDevice first() {
        return devices.get(0);
    }

    /**
     * How a model is loaded on the first, and on each other but for the device: the smallest memory decides for all.
     *
     * @throws sightline.error.InputException if one is a card that is not there or cannot be used
     */
    public LoadOptions loading() {
        if (elsewhere) {
            return LoadOptions.defaults().on(first());
        }
        long memory = devices.stream().mapToLong(Devices::memory).min().orElseThrow();
        return LoadOptions.defaults().on(first()).withMemory(memory);
    }

    /** Tells on stderr where a card is there that cannot be used. */
    public void tell(Console console) {
        whyNoCard.ifPresent(why -> console.note("computing on the CPU: " + why));
    }
}
