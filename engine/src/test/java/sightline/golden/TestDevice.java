package sightline.golden;

import sightline.device.Devices;
import sightline.model.LoadOptions;
import sightline.tensor.ComputeDevice;

/** The device on which tests of numbers compute: the CPU, unless the property {@code sightline.device} names another. */
public final class TestDevice {
    private TestDevice() {}

    public static LoadOptions options() {
        return LoadOptions.defaults().on(device());
    }

    private static ComputeDevice device() {
        String name = System.getProperty("sightline.device", ComputeDevice.CPU.toString());
        return ComputeDevice.named(name).orElseThrow();
    }

    /** Loads what the device takes. To be called before anything else loads the engine: that would be the CPU's kind. */
    static void require() {
        Devices.require(device());
    }
}
