package sightline.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear layer: y = x · Wᵀ + b, W (out, in).
 *
 * <p>The weight may be stored in another format than the one in which matrices are multiplied (a mapped bfloat16
 * checkpoint computed in float32). It is then widened piece by piece at each use: no full copy is ever held, and the
 * cost, one pass over the weight, vanishes against the product from about 64 rows on.
 */
public final class Linear {
    /** Weight elements widened at once: 16 MiB as float32, about what stays in a last-level cache. */
    private static final long PIECE = 4L << 20;

    /** With so few rows a product is bound by memory, and reading bfloat16 as it lies beats widening it. */
    private static final int FEW_ROWS = 4;

    private final Tensor weight;
    private final Tensor bias;
    private final Compute compute;

    /**
     * @param weight (out, in), in any float format, on the computing device; owned by the caller
     * @param bias (out) or null; owned by the caller
     */
    public Linear(Tensor weight, Tensor bias, Compute compute) {
        if (weight.dim() != 2) {
            throw new IllegalArgumentException("a linear weight has 2 dimensions, this one " + weight.dim());
        }
        this.weight = weight;
        this.bias = bias;
        this.compute = compute;
    }

    /** Size of an output row. */
    public long outputs() {
        return weight.size(0);
    }

    /** Size of an input row. */
    public long inputs() {
        return weight.size(1);
    }

    /** (rows, in) in any float format -> (rows, out), in the format used within layers. */
    public Tensor apply(Tensor x) {
        DType matmul = compute.matmul();
        if (matmul.holds(weight)) {
            return product(x.to(matmul.scalarType()), weight, bias);
        }
        if (x.size(0) <= FEW_ROWS && compute.dtype().holds(weight)) {
            return product(x.to(weight.scalar_type()), weight, bias).to(matmul.scalarType());
        }
        return widened(x.to(matmul.scalarType()), matmul);
    }

    private Tensor widened(Tensor x, DType matmul) {
        long step = Math.max(1, PIECE / inputs());
        if (step >= outputs()) {
            return product(x, weight.to(matmul.scalarType()), bias);
        }
        Tensor y = compute.empty(matmul, x.size(0), outputs());
        for (long first = 0; first < outputs(); first += step) {
            try (Scope piece = Scope.open()) {
                long size = Math.min(step, outputs() - first);
                Tensor part = weight.narrow(0, first, size).to(matmul.scalarType());
                Tensor partBias = bias == null ? null : bias.narrow(0, first, size);
                y.narrow(1, first, size).copy_(product(x, part, partBias));
            }
        }
        return y;
    }

    private static Tensor product(Tensor x, Tensor weight, Tensor bias) {
        return bias == null
                ? torch.linear(x, weight)
                : torch.linear(x, weight, new TensorOptional(bias.to(weight.scalar_type())));
    }
}
