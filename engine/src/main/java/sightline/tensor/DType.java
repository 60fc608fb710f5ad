package sightline.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The number format in which hidden states are held. Sums, norms and softmax are at least float32 in all of them. */
public enum DType {
    FLOAT32(ScalarType.Float, 4),
    BFLOAT16(ScalarType.BFloat16, 2),
    /** For telling rounding noise from errors; slow. */
    FLOAT64(ScalarType.Double, 8);

    private final ScalarType scalarType;
    private final int bytes;

    DType(ScalarType scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** The engine's own name of this format. */
    public ScalarType scalarType() {
        return scalarType;
    }

    /** Bytes per number. */
    public int bytes() {
        return bytes;
    }

    /** Whether a tensor holds this format. */
    public boolean holds(Tensor tensor) {
        // The binding makes a new enum object at every call; intern() maps it to the constant.
        return tensor.scalar_type().intern() == scalarType;
    }

    /** The name used on the command line and in results, e.g. {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
