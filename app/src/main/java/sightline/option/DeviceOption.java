package sightline.option;

import picocli.CommandLine.Option;

/** Where the one model of a command computes. */
public final class DeviceOption {
    @Option(
            names = "--device",
            defaultValue = DeviceNames.AUTO,
            paramLabel = "DEVICE",
            description =
                    "Where to compute: auto (default: the graphics card if one can be used, otherwise the CPU), cpu,"
                            + " cuda for the first card, or cuda:N for another.")
    private String device;

    /** The device; a card is looked for where it is asked for. */
    public DeviceChoice chosen() {
        return DeviceNames.one(device);
    }
}
