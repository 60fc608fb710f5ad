package sightline.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** An element type of the safetensors format, by the name it has in the header. Numbers are little-endian. */
public enum StoredType {
    /** 16-bit brain float: 8 exponent bits. */
    BF16(2, ScalarType.BFloat16),
    /** 16-bit IEEE float. */
    F16(2, ScalarType.Half),
    /** 32-bit IEEE float. */
    F32(4, ScalarType.Float),
    /** 64-bit IEEE float. */
    F64(8, ScalarType.Double),
    // The rest may stand in a file beside the weights; we step over such tensors and never read them.
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    U16(2),
    I16(2),
    U32(4),
    I32(4),
    U64(8),
    I64(8);

    private final int bytes;
    private final Optional<ScalarType> scalarType;

    StoredType(int bytes) {
        this.bytes = bytes;
        this.scalarType = Optional.empty();
    }

    StoredType(int bytes, ScalarType scalarType) {
        this.bytes = bytes;
        this.scalarType = Optional.of(scalarType);
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether weights may have this type: the four floating-point types that need no scales. */
    public boolean isReadable() {
        return scalarType.isPresent();
    }

    /**
     * The same type in libtorch.
     *
     * @throws IllegalStateException if {@link #isReadable()} is false
     */
    public ScalarType scalarType() {
        return scalarType.orElseThrow(() -> new IllegalStateException(name() + " is never read as a weight"));
    }

    static Optional<StoredType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static String readableNames() {
        return Arrays.stream(values())
                .filter(StoredType::isReadable)
                .map(Enum::name)
                .collect(Collectors.joining(", "));
    }
}
