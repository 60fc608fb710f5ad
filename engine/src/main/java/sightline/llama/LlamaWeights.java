package sightline.llama;

import sightline.checkpoint.WeightList;

/** The weights of a decoder layer by their published names. */
public final class LlamaWeights {
    private LlamaWeights() {}

    /** The published name of a decoder's tensor that newer writers store outside, or in a model; other names stay. */
    public static String published(String stored) {
        if (stored.startsWith("lm_head.")) {
            return "language_model." + stored;
        }
        String newer = "model.language_model.";
        return stored.startsWith(newer) ? "language_model.model." + stored.substring(newer.length()) : stored;
    }

    /** A layer with self-attention. */
    public static void selfLayer(WeightList weights, String at, LlamaConfig config) {
        attention(weights, at, "self_attn.", config);
        mlp(weights, at, config);
    }

    /** Attention and the norm before it. */
    public static void attention(WeightList weights, String at, String name, LlamaConfig config) {
        int keyValueChannels = config.keyValueHeads() * config.headSize();
        weights.add(at + "input_layernorm.weight", config.hidden());
        weights.linear(at + name + "q_proj", config.hidden(), config.hidden());
        weights.linear(at + name + "k_proj", config.hidden(), keyValueChannels);
        weights.linear(at + name + "v_proj", config.hidden(), keyValueChannels);
        weights.linear(at + name + "o_proj", config.hidden(), config.hidden());
    }

    /** The MLP and the norm before it. */
    public static void mlp(WeightList weights, String at, LlamaConfig config) {
        weights.add(at + "post_attention_layernorm.weight", config.hidden());
        weights.linear(at + "mlp.gate_proj", config.hidden(), config.intermediate());
        weights.linear(at + "mlp.up_proj", config.hidden(), config.intermediate());
        weights.linear(at + "mlp.down_proj", config.intermediate(), config.hidden());
    }
}
