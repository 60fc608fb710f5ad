package sightline.golden;

import sightline.model.LoadOptions;
import sightline.tensor.ComputeDevice;

/** The device on which tests of numbers compute: the CPU, unless the property {@code sightline.device} names another. */
public final class TestDevice {
    private TestDevice() {}

    public static LoadOptions options() {
        String name = System.getProperty("sightline.device", ComputeDevice.CPU.toString());
        return LoadOptions.defaults().on(ComputeDevice.named(name).orElseThrow());
    }
}
