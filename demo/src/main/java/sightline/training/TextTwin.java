package sightline.training;

import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.llama.LlamaConfig;
import sightline.mllama.TextConfig;

/**
 * The decoder with gradients, for a batch of packed sequences: the engine's {@code MllamaDecoder} computes the same for one
 * sequence under the row reading {@code transformers}.
 */
final class TextTwin {
    private static final int NOWHERE = -1;

    private final TextConfig config;
    private final LlamaConfig sizes;

    TextTwin(TextConfig config) {
        this.config = config;
        sizes = config.llama();
    }

    /**
     * Hidden states after the last layer.
     *
     * @param memory what the decoder reads of each picture (sequences, vision tokens, hidden)
     * @return (sequences · rows, hidden)
     */
    Tensor apply(Replica at, TextBatch text, Tensor memory) {
        return apply(at, text, memory, NOWHERE, null);
    }

    /**
     * The same, and how far rows are from looking where they shall.
     *
     * @param looking the cross-attention layer in which they shall
     * @param loss gets {@link Looks#loss}, with gradients, if there are looks; null if nobody wants it
     */
    Tensor apply(Replica at, TextBatch text, Tensor memory, int looking, Consumer<Tensor> loss) {
        long hidden = sizes.hidden();
        Tensor x = torch.index_select(at.weight("language_model.model.embed_tokens.weight"), 0, text.ids())
                .view(text.size(), text.rows(), hidden);
        for (int layer = 0; layer < sizes.layers(); layer++) {
            String name = "language_model.model.layers." + layer;
            Tensor normed = norm(x, at, name + ".input_layernorm.weight");
            if (config.isCrossAttention(layer)) {
                Tensor attended = crossAttend(
                        normed, at, name + ".cross_attn.", text, memory, layer, layer == looking ? loss : null);
                x = x.add(attended.mul(gate(at, name + ".cross_attn_attn_gate")));
                Tensor out = mlp(norm(x, at, name + ".post_attention_layernorm.weight"), at, name);
                x = x.add(out.mul(gate(at, name + ".cross_attn_mlp_gate")).mul(text.mlpFactor()));
            } else {
                x = x.add(selfAttend(normed, at, name + ".self_attn.", text));
                x = x.add(mlp(norm(x, at, name + ".post_attention_layernorm.weight"), at, name));
            }
        }
        return x.view((long) text.size() * text.rows(), hidden);
    }

    /** Final norm and output head: x (rows, hidden) -> (rows, vocabulary). */
    Tensor logits(Replica at, Tensor x) {
        return Maths.linear(
                norm(x, at, "language_model.model.norm.weight"), at.weight("language_model.lm_head.weight"));
    }

    private Tensor selfAttend(Tensor normed, Replica at, String name, TextBatch text) {
        int heads = sizes.heads();
        int groups = sizes.keyValueHeads();
        Tensor all = Maths.linear(
                        normed,
                        Maths.cat(
                                0,
                                at.weight(name + "q_proj.weight"),
                                at.weight(name + "k_proj.weight"),
                                at.weight(name + "v_proj.weight")))
                .view(text.size(), text.rows(), heads + 2L * groups, sizes.headSize());
        Tensor turning = all.narrow(2, 0, heads + (long) groups);
        // (a, b) -> (a cos − b sin, b cos + a sin): the sines carry the sign
        Tensor turned = turning.mul(text.cosines())
                .add(torch.roll(turning, new long[] {sizes.headSize() / 2}, 3).mul(text.sines()));
        Tensor q = turned.narrow(2, 0, heads).transpose(1, 2);
        Tensor k = turned.narrow(2, heads, groups).transpose(1, 2);
        Tensor v = all.narrow(2, heads + (long) groups, groups).transpose(1, 2);
        return Maths.linear(Maths.attention(q, k, v, text.selfMask()), at.weight(name + "o_proj.weight"));
    }

    private Tensor crossAttend(
            Tensor normed, Replica at, String name, TextBatch text, Tensor memory, int layer, Consumer<Tensor> loss) {
        Tensor q = headNorm(
                Maths.linear(normed, at.weight(name + "q_proj.weight")), sizes.heads(), at, name + "q_norm.weight");
        Tensor k = headNorm(
                Maths.linear(memory, at.weight(name + "k_proj.weight")),
                sizes.keyValueHeads(),
                at,
                name + "k_norm.weight");
        Tensor v = split(Maths.linear(memory, at.weight(name + "v_proj.weight")), sizes.keyValueHeads());
        if (loss != null && text.looks().count() > 0) {
            loss.accept(text.looks().loss(q, k, text.crossMask()));
        }
        Tensor attended = Maths.attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), text.crossMask());
        Tensor cut = text.cut(layer);
        return Maths.linear(cut == null ? attended : attended.mul(cut), at.weight(name + "o_proj.weight"));
    }

    private Tensor headNorm(Tensor x, long heads, Replica at, String weight) {
        return norm(split(x, heads), at, weight);
    }

    private Tensor split(Tensor x, long heads) {
        return x.view(x.size(0), x.size(1), heads, sizes.headSize());
    }

    private Tensor mlp(Tensor x, Replica at, String layer) {
        Tensor gate = torch.silu(Maths.linear(x, at.weight(layer + ".mlp.gate_proj.weight")));
        Tensor up = Maths.linear(x, at.weight(layer + ".mlp.up_proj.weight"));
        return Maths.linear(gate.mul(up), at.weight(layer + ".mlp.down_proj.weight"));
    }

    private Tensor norm(Tensor x, Replica at, String weight) {
        return Maths.rmsNorm(x, at.weight(weight), sizes.rmsNormEps());
    }

    private static Tensor gate(Replica at, String name) {
        return torch.tanh(at.weight(name));
    }
}
