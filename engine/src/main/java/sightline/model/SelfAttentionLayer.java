package sightline.model;

import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/**
 * A decoder layer with self-attention: x += o(attention(norm(x))), x += mlp(norm(x))
 * (METHOD section 1; Touvron et al. 2023).
 *
 * <p>Split at the attention itself, since only there do rows meet: {@link #project} and {@link #finish} treat any rows
 * of any sequences alike, so a sweep may batch rows that belong to different variants.
 */
public final class SelfAttentionLayer {
    private final TextConfig config;
    private final Compute compute;
    private final Tensor inputNorm;
    private final Tensor mlpNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Mlp mlp;

    SelfAttentionLayer(Weights weights, String prefix, TextConfig config) {
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

    /**
     * What the rows ask for and offer.
     *
     * @param queries (rows, heads, size), rotated
     * @param keys (rows, groups, size), rotated
     * @param values (rows, groups, size)
     */
    public record Projection(Tensor queries, Tensor keys, Tensor values) {}

    /** x (rows, hidden) with each row's rotation. */
    public Projection project(Tensor x, RotaryEmbedding.Rotation rotation) {
        Tensor normed = norm(x);
        return new Projection(queries(normed, rotation), keys(normed, rotation), values(normed));
    }

    /** What queries, keys and values are made from: x (rows, hidden) -> (rows, hidden). */
    public Tensor norm(Tensor x) {
        return Ops.rmsNorm(x, inputNorm, config.rmsNormEps(), compute);
    }

    /** normed (rows, hidden) -> queries (rows, heads, size), rotated. */
    public Tensor queries(Tensor normed, RotaryEmbedding.Rotation rotation) {
        return rotation.rotate(query.apply(normed).view(normed.size(0), config.heads(), config.headSize()));
    }

    /** normed (rows, hidden) -> keys (rows, groups, size), rotated. */
    public Tensor keys(Tensor normed, RotaryEmbedding.Rotation rotation) {
        return rotation.rotate(key.apply(normed).view(normed.size(0), config.keyValueHeads(), config.headSize()));
    }

    /** normed (rows, hidden) -> values (rows, groups, size). */
    public Tensor values(Tensor normed) {
        return value.apply(normed).view(normed.size(0), config.keyValueHeads(), config.headSize());
    }

    /** x (rows, hidden), attended (rows, heads · size) -> the layer's output (rows, hidden). */
    public Tensor finish(Tensor x, Tensor attended) {
        Tensor mid = output.apply(attended).add_(x);
        return compute.place(mlp.apply(Ops.rmsNorm(mid, mlpNorm, config.rmsNormEps(), compute))
                .add_(mid));
    }
}
