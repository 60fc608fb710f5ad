package sightline.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.Device;

/** Where tensors live and are computed. */
public enum ComputeDevice {
    CPU,
    CUDA;

    Device device() {
        return new Device(name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
