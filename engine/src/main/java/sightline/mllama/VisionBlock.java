package sightline.mllama;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.model.Weights;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * A layer of the vision tower: x += a · o(attention(norm(x))), x += b · mlp(norm(x)), with layer norms and a GELU MLP
 * (Dosovitskiy et al. 2021). In local layers a = b = 1, in global layers each is the tanh of a gate.
 *
 * <p>Rows are ordered real tokens first. Only pairs of which both are padding are masked, so real rows attend to all rows
 * and padding rows to the real ones: no mask is ever needed.
 */
final class VisionBlock {
    private final VisionConfig config;
    private final Compute compute;
    private final Tensor attentionNorm;
    private final Tensor attentionNormBias;
    private final Tensor mlpNorm;
    private final Tensor mlpNormBias;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Linear expand;
    private final Linear contract;
    private final double attentionGate;
    private final double mlpGate;

    VisionBlock(Weights weights, String prefix, VisionConfig config, boolean gated) {
        this.config = config;
        this.compute = weights.compute();
        attentionNorm = weights.vector(prefix + ".input_layernorm.weight");
        attentionNormBias = weights.vector(prefix + ".input_layernorm.bias");
        mlpNorm = weights.vector(prefix + ".post_attention_layernorm.weight");
        mlpNormBias = weights.vector(prefix + ".post_attention_layernorm.bias");
        query = weights.linear(prefix + ".self_attn.q_proj", false);
        key = weights.linear(prefix + ".self_attn.k_proj", false);
        value = weights.linear(prefix + ".self_attn.v_proj", false);
        output = weights.linear(prefix + ".self_attn.o_proj", false);
        expand = weights.linear(prefix + ".mlp.fc1", true);
        contract = weights.linear(prefix + ".mlp.fc2", true);
        attentionGate = gated ? weights.tanhGate(prefix + ".gate_attn") : 1;
        mlpGate = gated ? weights.tanhGate(prefix + ".gate_ffn") : 1;
    }

    /**
     * Runs the layer in place.
     *
     * @param x (rows, hidden), real rows first; overwritten with the layer's output
     * @param real how many rows are real
     */
    void apply(Tensor x, long real) {
        try (Scope attention = Scope.open()) {
            Tensor normed = Ops.layerNorm(x, attentionNorm, attentionNormBias, config.normEps());
            x.add_(output.apply(attended(normed, real)), new Scalar(attentionGate));
        }
        try (Scope mlp = Scope.open()) {
            Tensor normed = Ops.layerNorm(x, mlpNorm, mlpNormBias, config.normEps());
            x.add_(contract.apply(Ops.gelu(expand.apply(normed))), new Scalar(mlpGate));
        }
    }

    /** (rows, hidden) -> (rows, hidden) */
    private Tensor attended(Tensor x, long real) {
        Tensor q = split(query.apply(x));
        Tensor k = split(key.apply(x)).transpose(0, 1).contiguous(); // (rows, heads, size) -> (heads, rows, size)
        Tensor v = split(value.apply(x)).transpose(0, 1).contiguous();
        long rows = x.size(0);
        Tensor realRows = Attention.attend(q.narrow(0, 0, real), k, v, null, compute);
        if (real == rows) {
            return realRows;
        }
        Tensor paddingRows = Attention.attend(
                q.narrow(0, real, rows - real), k.narrow(1, 0, real), v.narrow(1, 0, real), null, compute);
        return Ops.cat(0, realRows, paddingRows);
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), config.heads(), x.size(1) / config.heads());
    }
}
