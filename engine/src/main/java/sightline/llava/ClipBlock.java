package sightline.llava;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.model.Weights;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Scope;

/** A layer of the CLIP tower: x += out(attention(norm(x))), x += mlp(norm(x)), with biases everywhere (Radford et al. 2021). */
final class ClipBlock {
    private final ClipConfig config;
    private final Compute compute;
    private final ClipNorm attentionNorm;
    private final ClipNorm mlpNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Linear expand;
    private final Linear contract;

    ClipBlock(Weights weights, String prefix, ClipConfig config) {
        this.config = config;
        this.compute = weights.compute();
        attentionNorm = new ClipNorm(weights, prefix + "layer_norm1", config);
        mlpNorm = new ClipNorm(weights, prefix + "layer_norm2", config);
        query = weights.linear(prefix + "self_attn.q_proj", true);
        key = weights.linear(prefix + "self_attn.k_proj", true);
        value = weights.linear(prefix + "self_attn.v_proj", true);
        output = weights.linear(prefix + "self_attn.out_proj", true);
        expand = weights.linear(prefix + "mlp.fc1", true);
        contract = weights.linear(prefix + "mlp.fc2", true);
    }

    /** Runs the layer in place: x (rows, hidden) is overwritten with its output. */
    void apply(Tensor x) {
        try (Scope attention = Scope.open()) {
            Tensor normed = attentionNorm.of(x);
            Tensor k = split(key.apply(normed)).transpose(0, 1).contiguous(); // (heads, rows, size)
            Tensor v = split(value.apply(normed)).transpose(0, 1).contiguous();
            x.add_(output.apply(Attention.attend(split(query.apply(normed)), k, v, null, compute)), new Scalar(1));
        }
        try (Scope mlp = Scope.open()) {
            x.add_(contract.apply(config.activation().apply(expand.apply(mlpNorm.of(x)))), new Scalar(1));
        }
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), config.heads(), config.headSize());
    }
}
