package sightline.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import sightline.error.InputException;

/** Where tensors live and are computed. */
public enum ComputeDevice {
    CPU,
    CUDA;

    /**
     * Checks that this device can be used here.
     *
     * @throws InputException if it is CUDA and no CUDA device or no CUDA build is at hand
     */
    public void require() {
        NativeEngine.load();
        if (this == CUDA && !torch.cuda_is_available()) {
            throw new InputException(
                    "--device",
                    "cuda was asked for, but no CUDA device can be used",
                    "a machine with an NVIDIA GPU and a build made with -Pcuda",
                    "Use --device cpu, or build with `mvn -Pcuda package` on a machine with a GPU");
        }
    }

    Device device() {
        return new Device(name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
