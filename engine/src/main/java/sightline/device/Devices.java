package sightline.device;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;
import sightline.tensor.NativeEngine;

/** Which device computes. */
public final class Devices {
    /**
     * What {@code auto} chose.
     *
     * @param device what was chosen
     * @param whyNoCard why it is not the card of this machine, as one sentence or several; empty if it is, or there is none
     */
    public record Choice(ComputeDevice device, Optional<String> whyNoCard) {}

    private Devices() {}

    /** The first card if there is one that can be used, otherwise the CPU. Where there is no card, nothing is loaded. */
    public static Choice automatic() {
        return automatic(Cuda.driver(), () -> Cards.require(ComputeDevice.cuda(0)));
    }

    /** @param start makes sure that a card can be used, or throws an InputException */
    static Choice automatic(CudaDriver driver, Runnable start) {
        if (!driver.present()) {
            return new Choice(ComputeDevice.CPU, Optional.empty());
        }
        try {
            start.run();
            return new Choice(ComputeDevice.cuda(0), Optional.empty());
        } catch (InputException e) {
            return new Choice(ComputeDevice.CPU, Optional.of(e.problem() + ". " + e.nextStep() + "."));
        }
    }

    /**
     * Checks that a device can be used here, and loads what it takes.
     *
     * @throws InputException if it is a card, and there is no such card or none can be used
     */
    public static void require(ComputeDevice device) {
        if (device.isCard()) {
            Cards.require(device);
        }
        NativeEngine.load();
    }

    /**
     * The memory in which a device computes, in bytes: all of the card's, or all of this machine's.
     *
     * @throws InputException as {@link #require} does
     */
    public static long memory(ComputeDevice device) {
        if (!device.isCard()) {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize();
        }
        Cards.require(device);
        return Cards.memory(device);
    }
}
