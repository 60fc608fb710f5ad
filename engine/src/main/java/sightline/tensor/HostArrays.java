package sightline.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Java arrays in and out of tensors. All copies are contiguous, row-major.
 *
 * <p>What goes in from here goes on to the device, and what comes out comes from there. On a card each such copy waits for
 * all that the card has in hand, so their number is counted.
 */
public final class HostArrays {
    private static final ThreadLocal<long[]> COPIES = ThreadLocal.withInitial(() -> new long[1]);

    private HostArrays() {}

    /** How many arrays the current thread has copied in or out so far. */
    public static long copies() {
        return COPIES.get()[0];
    }

    private static void count() {
        COPIES.get()[0]++;
    }

    /**
     * A float32 tensor of the given shape, on the CPU, holding a copy of the values.
     *
     * @throws IllegalArgumentException if the shape holds more or fewer numbers than there are values
     */
    public static Tensor tensor(float[] values, long... shape) {
        long numbers = 1;
        for (long axis : shape) {
            numbers = Math.multiplyExact(numbers, axis);
        }
        if (numbers != values.length) { // the engine would read on behind the array
            throw new IllegalArgumentException(values.length + " values for the shape " + Arrays.toString(shape));
        }
        count();
        try (FloatPointer pointer = new FloatPointer(values)) {
            return torch.from_blob(pointer, shape, new org.bytedeco.pytorch.TensorOptions(ScalarType.Float))
                    .clone();
        }
    }

    /** A vector of int64 indices, on the CPU. */
    public static Tensor indices(long... values) {
        count();
        try (LongPointer pointer = new LongPointer(values)) {
            return torch.from_blob(
                            pointer,
                            new long[] {values.length},
                            new org.bytedeco.pytorch.TensorOptions(ScalarType.Long))
                    .clone();
        }
    }

    /** A vector of int64 indices, on the CPU. */
    public static Tensor indices(int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return indices(wide);
    }

    /** The tensor's numbers as float32, row-major. */
    public static float[] floats(Tensor tensor) {
        count();
        try (Scope scope = Scope.open()) {
            Tensor flat = tensor.cpu().to(ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(flat.numel())];
            new FloatPointer(flat.data_ptr_float()).get(values);
            return values;
        }
    }

    /** The tensor's numbers as float64, row-major. */
    public static double[] doubles(Tensor tensor) {
        count();
        try (Scope scope = Scope.open()) {
            Tensor flat = tensor.cpu().to(ScalarType.Double).contiguous();
            double[] values = new double[Math.toIntExact(flat.numel())];
            new DoublePointer(flat.data_ptr_double()).get(values);
            return values;
        }
    }

    /** The tensor's numbers as int64, row-major. */
    public static long[] longs(Tensor tensor) {
        count();
        try (Scope scope = Scope.open()) {
            Tensor flat = tensor.cpu().to(ScalarType.Long).contiguous();
            long[] values = new long[Math.toIntExact(flat.numel())];
            new LongPointer(flat.data_ptr_long()).get(values);
            return values;
        }
    }

    /**
     * The tensor's numbers as they lie in memory, row-major, without a copy: at most 2 GiB.
     *
     * @param tensor on the CPU and contiguous; the buffer is valid only as long as it lives
     * @throws IllegalArgumentException if it is not, or too large for a buffer
     */
    public static ByteBuffer bytes(Tensor tensor) {
        if (!tensor.is_cpu() || !tensor.is_contiguous() || tensor.nbytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a contiguous tensor of at most 2 GiB on the CPU is needed");
        }
        return new BytePointer(tensor.data_ptr())
                .capacity(tensor.nbytes())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }
}
