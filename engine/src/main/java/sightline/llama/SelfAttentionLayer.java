package sightline.llama;

import org.bytedeco.pytorch.Tensor;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/**
 * A decoder layer with self-attention: x += o(attention(norm(x))), x += mlp(norm(x))
 * (METHOD section 1; Touvron et al. 2023).
 */
public final class SelfAttentionLayer implements TextBlock {
    private final LlamaConfig config;
    private final Compute compute;
    private final Tensor inputNorm;
    private final Tensor mlpNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Mlp mlp;

    /** @param prefix of its weights' names */
    public SelfAttentionLayer(Weights weights, String prefix, LlamaConfig config) {
        this.config = config;
        this.compute = weights.compute();
        inputNorm = weights.vector(prefix + ".input_layernorm.weight");
        mlpNorm = weights.vector(prefix + ".post_attention_layernorm.weight");
        query = weights.linear(prefix + ".self_attn.q_proj", false);
        key = weights.linear(prefix + ".self_attn.k_proj", false);
        value = weights.linear(prefix + ".self_attn.v_proj", false);
        output = weights.linear(prefix + ".self_attn.o_proj", false);
        mlp = new Mlp(weights, prefix + ".mlp");
    }

    @Override
    public Tensor norm(Tensor x) {
        return Ops.rmsNorm(x, inputNorm, config.rmsNormEps(), compute);
    }

    @Override
    public Tensor queries(Tensor normed, Rotation rotation) {
        return rotation.rotate(query.apply(normed).view(normed.size(0), config.heads(), config.headSize()));
    }

    @Override
    public Tensor keys(Tensor normed, Rotation rotation) {
        return rotation.rotate(key.apply(normed).view(normed.size(0), config.keyValueHeads(), config.headSize()));
    }

    @Override
    public Tensor values(Tensor normed) {
        return value.apply(normed).view(normed.size(0), config.keyValueHeads(), config.headSize());
    }

    @Override
    public Tensor finish(Tensor x, Tensor attended) {
        Tensor mid = output.apply(attended).add_(x);
        return compute.place(mlp.apply(Ops.rmsNorm(mid, mlpNorm, config.rmsNormEps(), compute))
                .add_(mid));
    }
}
