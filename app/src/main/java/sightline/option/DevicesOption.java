package sightline.option;

import picocli.CommandLine.Option;

/** Where the models of a command compute whose samples several can share. */
public final class DevicesOption {
    @Option(
            names = "--device",
            defaultValue = DeviceNames.AUTO,
            paramLabel = "DEVICE",
            description =
                    "Where to compute: auto (default: the graphics card if one can be used, otherwise the CPU), cpu,"
                            + " cuda for the first card, or cuda:N for another. Several cards share the work, with a"
                            + " model on each: cuda:0,cuda:1 and so on, or cuda:all.")
    private String devices;

    /**
     * The devices of whoever works: those of this machine, or where a cluster works the kind that its settings name.
     *
     * @throws sightline.error.InputException if they are not what is asked for
     */
    public DeviceChoice chosen(ClusterOption cluster) {
        return cluster.isGiven() ? DeviceNames.elsewhere(devices, cluster.devices()) : chosen();
    }

    /** The devices; cards are looked for where they are asked for. */
    public DeviceChoice chosen() {
        return DeviceNames.several(devices);
    }
}
