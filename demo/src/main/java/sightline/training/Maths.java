package sightline.training;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Operations with gradients, as the engine's own forward passes define them (docs/METHOD section 1). */
final class Maths {
    private Maths() {}

    /** RMS norm over the last axis: x / √(mean x² + eps), times the weight. */
    static Tensor rmsNorm(Tensor x, Tensor weight, double eps) {
        return torch.rms_norm(x, new long[] {weight.size(0)}, new TensorOptional(weight), new DoubleOptional(eps));
    }

    /** Layer norm over the last axis. */
    static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        return torch.layer_norm(
                x, new long[] {weight.size(0)}, new TensorOptional(weight), new TensorOptional(bias), eps, false);
    }

    /** x (..., in), weight (out, in) -> (..., out) */
    static Tensor linear(Tensor x, Tensor weight) {
        return torch.linear(x, weight);
    }

    /** x (..., in), weight (out, in), bias (out) -> (..., out) */
    static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return torch.linear(x, weight, new TensorOptional(bias));
    }

    /**
     * Attention with an additive mask. q (batch, heads, rows, size), k and v (batch, groups, keys, size), mask
     * (batch, 1, rows, keys) with 0 for open and −∞ for masked -> (batch, rows, heads · size).
     */
    static Tensor attention(Tensor q, Tensor k, Tensor v, Tensor mask) {
        boolean grouped = q.size(1) != k.size(1);
        Tensor out = torch.scaled_dot_product_attention(
                q, k, v, new TensorOptional(mask), 0, false, new DoubleOptional(), grouped);
        return out.transpose(1, 2).reshape(q.size(0), q.size(2), q.size(1) * q.size(3));
    }

    static Tensor cat(long axis, Tensor... parts) {
        return torch.cat(new TensorVector(parts), axis);
    }

    static Tensor stack(long axis, Tensor... parts) {
        return torch.stack(new TensorVector(parts), axis);
    }

    /** Sum of −log p over the rows whose target is not −1. logits (rows, classes), targets (rows). */
    static Tensor crossEntropySum(Tensor logits, Tensor targets) {
        return torch.cross_entropy_loss(logits, targets, new TensorOptional(), 2, -1, 0.0); // 2: sum
    }
}
