package sightline.mllama;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;

/**
 * The sizes of the text decoder, {@code text_config} in {@code config.json}.
 *
 * @param layers decoder layers, self-attention and cross-attention together
 * @param crossAttentionLayers which of them are cross-attention layers; unmodifiable
 * @param hidden channels of a hidden state
 * @param intermediate channels inside the MLP
 * @param heads query heads; divides hidden
 * @param keyValueHeads key and value heads; divides heads
 * @param vocabulary rows of the output head
 * @param rmsNormEps epsilon of every RMS norm
 * @param ropeTheta base of the rotary wavelengths
 * @param ropeScaling the llama3 scaling; empty for plain rotary embeddings
 * @param maxPositions longest context that the checkpoint claims, in tokens
 */
public record TextConfig(
        int layers,
        SortedSet<Integer> crossAttentionLayers,
        int hidden,
        int intermediate,
        int heads,
        int keyValueHeads,
        int vocabulary,
        double rmsNormEps,
        double ropeTheta,
        Optional<RopeScaling> ropeScaling,
        int maxPositions) {
    /** Rows that the embedding table has beyond the output head, for {@code <|image|>} and reserved tokens. */
    public static final int EXTRA_EMBEDDINGS = 8;

    /** Checks the values against each other; see the parameters. */
    public TextConfig {
        Invalid.requireLayers("text_config.num_hidden_layers", layers);
        Invalid.requireSize("text_config.hidden_size", hidden);
        Invalid.requireSize("text_config.intermediate_size", intermediate);
        Invalid.requireSize("text_config.num_attention_heads", heads);
        Invalid.requireSize("text_config.num_key_value_heads", keyValueHeads);
        Invalid.requireSize("text_config.vocab_size", vocabulary);
        Invalid.requirePositive("text_config.rms_norm_eps", rmsNormEps);
        Invalid.requirePositive("text_config.rope_theta", ropeTheta);
        Invalid.requirePositive("text_config.max_position_embeddings", maxPositions);
        Invalid.requireDivides("text_config.num_attention_heads", heads, "text_config.hidden_size", hidden);
        Invalid.requireDivides(
                "text_config.num_key_value_heads", keyValueHeads, "text_config.num_attention_heads", heads);
        if (hidden / heads % 2 != 0) {
            throw Invalid.field(
                    "text_config.num_attention_heads",
                    heads,
                    "a number that makes heads of even size from hidden_size " + hidden
                            + ", as rotary embeddings turn pairs");
        }
        crossAttentionLayers = Collections.unmodifiableSortedSet(new TreeSet<>(crossAttentionLayers));
        if (crossAttentionLayers.isEmpty()) {
            throw Invalid.field("text_config.cross_attention_layers", "[]", "one layer or more");
        }
        if (crossAttentionLayers.first() < 0 || crossAttentionLayers.last() >= layers) {
            throw Invalid.field(
                    "text_config.cross_attention_layers", crossAttentionLayers, "layers from 0 to " + (layers - 1));
        }
    }

    /** Channels of one head. */
    public int headSize() {
        return hidden / heads;
    }

    /** Query heads that share one key head. */
    public int headsPerKeyValueHead() {
        return heads / keyValueHeads;
    }

    /** Rows of the embedding table: {@value #EXTRA_EMBEDDINGS} more than the output head has. */
    public int embeddingRows() {
        return vocabulary + EXTRA_EMBEDDINGS;
    }

    /** Whether a layer, from 0 on, reads the image. */
    public boolean isCrossAttention(int layer) {
        return crossAttentionLayers.contains(layer);
    }

    static TextConfig read(ConfigFields fields) {
        if (fields.has("model_type")) {
            fields.requireText("model_type", "mllama_text_model");
        }
        fields.requireText("hidden_act", "silu");
        fields.requireNotTrue("attention_bias", "attention has no biases here");
        fields.requireNotTrue("mlp_bias", "the MLP has no biases here");
        fields.requireNotTrue(
                "tie_word_embeddings", "the embedding table has " + EXTRA_EMBEDDINGS + " rows more than the head");
        Rope rope = Rope.read(fields);
        TextConfig config = new TextConfig(
                fields.integer("num_hidden_layers"),
                increasing(fields, "cross_attention_layers"),
                fields.integer("hidden_size"),
                fields.integer("intermediate_size"),
                fields.integer("num_attention_heads"),
                fields.integer("num_key_value_heads"),
                fields.integer("vocab_size"),
                fields.number("rms_norm_eps"),
                rope.theta(),
                rope.scaling(),
                fields.integer("max_position_embeddings"));
        if (fields.has("head_dim") && fields.integer("head_dim") != config.headSize()) {
            throw fields.wrong("head_dim", "hidden_size / num_attention_heads = " + config.headSize());
        }
        return config;
    }

    private static SortedSet<Integer> increasing(ConfigFields fields, String field) {
        List<Integer> values = fields.integers(field);
        SortedSet<Integer> sorted = new TreeSet<>(values);
        if (!values.equals(List.copyOf(sorted))) {
            throw fields.wrong(field, "layers in increasing order, each once");
        }
        return sorted;
    }

    /** Newer configurations keep everything about rotary embeddings in {@code rope_parameters}. */
    private record Rope(double theta, Optional<RopeScaling> scaling) {
        static Rope read(ConfigFields fields) {
            if (fields.has("partial_rotary_factor") && fields.number("partial_rotary_factor") != 1) {
                throw fields.wrong("partial_rotary_factor", "1: whole heads are rotated");
            }
            if (fields.has("rope_parameters") && fields.has("rope_scaling")) {
                throw fields.wrong("rope_parameters", "only one of `rope_parameters` and `rope_scaling`");
            }
            String field = fields.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
            if (!fields.has(field)) {
                return new Rope(fields.number("rope_theta"), Optional.empty());
            }
            ConfigFields rope = fields.object(field);
            double theta = (rope.has("rope_theta") ? rope : fields).number("rope_theta");
            String typeField = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type"; // older name
            return switch (rope.text(typeField)) {
                case "llama3" -> new Rope(theta, Optional.of(RopeScaling.read(rope)));
                case "default" -> new Rope(theta, Optional.empty());
                default -> throw rope.wrong(typeField, "\"llama3\" or \"default\", the only ones supported");
            };
        }
    }
}
