package sightline.mllama;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.llama.LlamaConfig;
import sightline.llama.Mlp;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
import sightline.model.VisionMemory;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/**
 * A decoder layer that reads the image: x += tanh(g) · o(attention(norm(x), image)), x += tanh(h) · mlp(norm(x)), with an
 * RMS norm on each head of queries and keys and no position embedding (METHOD section 1; gates as in Alayrac et al.
 * 2022).
 */
final class CrossAttentionLayer implements ImageBlock {
    private final int layer;
    private final LlamaConfig config;
    private final Compute compute;
    private final Tensor inputNorm;
    private final Tensor mlpNorm;
    private final Tensor queryNorm;
    private final Tensor keyNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Mlp mlp;
    private final double attentionGate;
    private final double mlpGate;

    CrossAttentionLayer(Weights weights, String prefix, int layer, LlamaConfig config) {
        this.layer = layer;
        this.config = config;
        this.compute = weights.compute();
        inputNorm = weights.vector(prefix + ".input_layernorm.weight");
        mlpNorm = weights.vector(prefix + ".post_attention_layernorm.weight");
        queryNorm = weights.vector(prefix + ".cross_attn.q_norm.weight");
        keyNorm = weights.vector(prefix + ".cross_attn.k_norm.weight");
        query = weights.linear(prefix + ".cross_attn.q_proj", false);
        key = weights.linear(prefix + ".cross_attn.k_proj", false);
        value = weights.linear(prefix + ".cross_attn.v_proj", false);
        output = weights.linear(prefix + ".cross_attn.o_proj", false);
        mlp = new Mlp(weights, prefix + ".mlp");
        attentionGate = weights.tanhGate(prefix + ".cross_attn_attn_gate");
        mlpGate = weights.tanhGate(prefix + ".cross_attn_mlp_gate");
    }

    /** Keys (groups, tokens, size), normed, of an image's projected tokens (tokens, hidden). */
    Tensor keys(Tensor image) {
        return byGroup(Ops.rmsNorm(split(key.apply(image)), keyNorm, config.rmsNormEps(), compute));
    }

    /** Values (groups, tokens, size) of an image's projected tokens (tokens, hidden). */
    Tensor values(Tensor image) {
        return byGroup(split(value.apply(image)));
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), config.keyValueHeads(), config.headSize());
    }

    private static Tensor byGroup(Tensor x) {
        return x.transpose(0, 1).contiguous(); // (tokens, groups, size) -> (groups, tokens, size)
    }

    @Override
    public Tensor queries(Tensor x) {
        Tensor q = query.apply(Ops.rmsNorm(x, inputNorm, config.rmsNormEps(), compute));
        return Ops.rmsNorm(
                q.view(x.size(0), config.heads(), config.headSize()), queryNorm, config.rmsNormEps(), compute);
    }

    @Override
    public ImageKeys keys(VisionMemory seen) {
        return ((ImageMemory) seen).keys(layer);
    }

    @Override
    public Tensor finish(Tensor x, Tensor attended, Tensor mlpFactor) {
        Tensor mid = output.apply(attended).mul_(new Scalar(attentionGate)).add_(x);
        Tensor out = mlp.apply(Ops.rmsNorm(mid, mlpNorm, config.rmsNormEps(), compute));
        if (mlpFactor != null) {
            out.mul_(mlpFactor);
        }
        return compute.place(out.mul_(new Scalar(mlpGate)).add_(mid));
    }

    @Override
    public Branches branches(Tensor x, Tensor attended) {
        Tensor added = output.apply(attended).mul_(new Scalar(attentionGate));
        Tensor normed = Ops.rmsNorm(added.add(x), mlpNorm, config.rmsNormEps(), compute);
        return new Branches(added, mlp.apply(normed).mul_(new Scalar(mlpGate)), attentionGate, mlpGate);
    }
}
