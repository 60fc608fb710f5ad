package sightline.tensor;

import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where and in which number format a model computes.
 *
 * @param device where
 * @param dtype the format of hidden states, between layers
 */
public record Compute(ComputeDevice device, DType dtype) {
    /**
     * The format used within layers: for products, queries, keys, values and what lies between them. It is the format of
     * the hidden states, but for bfloat16 on processors that have no instructions for it: there bfloat16 numbers are
     * widened to float32, which is exact, and rounded once behind each layer.
     */
    public DType matmul() {
        boolean widen = dtype == DType.BFLOAT16 && device.isCpu() && !NativeEngine.fastBfloat16();
        return widen ? DType.FLOAT32 : dtype;
    }

    /** The format of sums, norms, softmax and probabilities: float32, or float64 if all is float64. */
    public DType accurate() {
        return dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    }

    /** The tensor on this device in the format of hidden states; itself if it already is. */
    public Tensor place(Tensor tensor) {
        return place(tensor, dtype);
    }

    /** Row numbers as a vector on this device. */
    Tensor rows(long... numbers) {
        return HostArrays.indices(numbers).to(device.device(), ScalarType.Long);
    }

    /** How much of its work is done at once. */
    public Portions portions() {
        return Portions.of(device);
    }

    /** A tensor of the given shape with undefined contents, on this device. */
    public Tensor empty(DType as, long... shape) {
        return torch.empty(shape, new TensorOptions(as.scalarType()).device(new DeviceOptional(device.device())), null);
    }

    /** The tensor on this device in the given format; itself if it already is. */
    public Tensor place(Tensor tensor, DType as) {
        return device.isCpu() ? tensor.to(as.scalarType()) : tensor.to(device.device(), as.scalarType());
    }
}
