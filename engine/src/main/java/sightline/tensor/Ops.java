package sightline.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Operations of a transformer that are more than one call of the engine. */
public final class Ops {
    private Ops() {}

    /**
     * RMS norm over the last axis: x / √(mean x² + eps) in at least float32, then cast, then times the weight
     * (Zhang and Sennrich 2019, eq. 4). Written out because the engine's fused kernel rounds bfloat16 otherwise than the
     * reference.
     *
     * @param x (..., n)
     * @param weight (n), in the format used within layers, as is the result
     */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double eps, Compute compute) {
        Tensor wide = x.to(compute.accurate().scalarType());
        Tensor scale = wide.square()
                .mean(new long[] {-1}, true, new ScalarTypeOptional())
                .add_(new Scalar(eps))
                .rsqrt_();
        Tensor normed = wide.mul(scale);
        return normed.to(compute.matmul().scalarType()).mul_(weight);
    }

    /** Layer norm over the last axis (Ba et al. 2016), in the weight's format. x (..., n), weight (n), bias (n). */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        return torch.layer_norm(
                x.to(weight.scalar_type()),
                new long[] {x.size(-1)},
                new TensorOptional(weight),
                new TensorOptional(bias),
                eps,
                false);
    }

    /** silu(gate) · up, elementwise; overwrites gate. Both (rows, n). */
    public static Tensor swiglu(Tensor gate, Tensor up) {
        return torch.silu_(gate).mul_(up);
    }

    /** The exact GELU, x · Φ(x), with the error function (Hendrycks and Gimpel 2016). */
    public static Tensor gelu(Tensor x) {
        return torch.gelu(x, "none");
    }

    /** Softmax over the last axis in the tensor's own format. */
    public static Tensor softmax(Tensor x) {
        return torch.softmax(x, -1);
    }

    /** The log of softmax over the last axis in the tensor's own format. */
    public static Tensor logSoftmax(Tensor x) {
        return torch.log_softmax(x, -1);
    }

    /** log Σ exp over the last axis, which stays: (..., n) -> (..., 1). */
    public static Tensor logSumExp(Tensor x) {
        return torch.logsumexp(x, new long[] {-1}, true);
    }

    /** The sum over the last axis, which stays: (..., n) -> (..., 1). */
    public static Tensor sum(Tensor x) {
        return x.sum(new long[] {-1}, true, new ScalarTypeOptional());
    }

    /** Where the largest number of the last axis lies, the first among equals: (..., n) -> (..., 1), int64. */
    public static Tensor firstLargest(Tensor x) {
        return x.argmax(new LongOptional(-1), true);
    }

    /** The largest number of the last axis, which stays: (..., n) -> (..., 1). */
    public static Tensor largest(Tensor x) {
        return x.amax(new long[] {-1}, true);
    }

    /** 0 … count − 1 in the format and place of another tensor. */
    public static Tensor range(long count, Tensor like) {
        return torch.arange(new Scalar(count), like.options());
    }

    /** Each key/value head's vector as its query heads read it: (groups, size) -> (1, groups · perGroup · size). */
    public static Tensor perHead(Tensor x, long perGroup) {
        long groups = x.size(0);
        long size = x.size(1);
        return x.unsqueeze(1).expand(groups, perGroup, size).reshape(1, groups * perGroup * size);
    }

    /** Zeros in the shape, format and place of x. */
    public static Tensor zerosLike(Tensor x) {
        return torch.zeros_like(x);
    }

    /** Concatenation along an axis. */
    public static Tensor cat(long axis, Tensor... parts) {
        return torch.cat(new TensorVector(parts), axis);
    }

    /** The named rows (first axis) of x, copied. For row numbers that are needed again and again there is {@link Rows}. */
    public static Tensor rows(Tensor x, int[] rows) {
        return select(x, HostArrays.indices(rows).to(x.device(), torch.ScalarType.Long));
    }

    /** x, with the named rows (first axis) replaced in place by the given ones. */
    public static Tensor replaceRows(Tensor x, int[] rows, Tensor by) {
        return x.index_copy_(0, HostArrays.indices(rows).to(x.device(), torch.ScalarType.Long), by);
    }

    /** The rows of x (first axis) whose numbers a vector holds. */
    static Tensor select(Tensor x, Tensor rows) {
        return x.is_meta() ? selectedShape(x, rows) : x.index_select(0, rows);
    }

    /** The engine has no index_select of its null device. */
    private static Tensor selectedShape(Tensor x, Tensor rows) {
        long[] shape = new long[Math.toIntExact(x.dim())];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = axis == 0 ? rows.size(0) : x.size(axis);
        }
        return x.new_empty(shape);
    }
}
