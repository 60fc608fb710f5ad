package sightline.llama;

import java.util.List;
import java.util.Locale;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;

/**
 * The sizes of a Llama decoder, {@code text_config} in {@code config.json}.
 *
 * @param layers decoder layers, of every kind
 * @param hidden channels of a hidden state
 * @param intermediate channels inside the MLP
 * @param heads query heads; divides hidden
 * @param keyValueHeads key and value heads; divides heads
 * @param vocabulary rows of the output head
 * @param rmsNormEps epsilon of every RMS norm
 * @param ropeTheta base of the rotary wavelengths
 * @param ropeScaling how rotary embeddings are stretched
 * @param maxPositions longest context that the checkpoint claims, in tokens
 */
public record LlamaConfig(
        int layers,
        int hidden,
        int intermediate,
        int heads,
        int keyValueHeads,
        int vocabulary,
        double rmsNormEps,
        double ropeTheta,
        RopeScaling ropeScaling,
        int maxPositions) {
    /** Checks the values against each other; see the parameters. */
    public LlamaConfig {
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
    }

    /** Channels of one head. */
    public int headSize() {
        return hidden / heads;
    }

    /** Query heads that share one key head. */
    public int headsPerKeyValueHead() {
        return heads / keyValueHeads;
    }

    /**
     * The decoder as an experiment sees it.
     *
     * @param media what each layer reads
     */
    public ModelShape shape(List<Medium> media) {
        return new ModelShape(media, hidden, intermediate, heads, keyValueHeads, headSize(), vocabulary, maxPositions);
    }

    /** The sizes as a person wants to know them. */
    public String inWords() {
        return String.format(
                Locale.ROOT,
                "%d layers, hidden size %d, %d heads, %d key heads, %,d tokens",
                layers,
                hidden,
                heads,
                keyValueHeads,
                vocabulary);
    }

    /**
     * Reads the sizes, each of which must be there, and refuses what would change the arithmetic.
     *
     * @param whyNotTied why the output head is not the embedding table, for the error
     */
    public static LlamaConfig read(ConfigFields fields, String whyNotTied) {
        fields.requireText("hidden_act", "silu");
        fields.requireNotTrue("attention_bias", "attention has no biases here");
        fields.requireNotTrue("mlp_bias", "the MLP has no biases here");
        fields.requireNotTrue("tie_word_embeddings", whyNotTied);
        Rope rope = Rope.read(fields);
        LlamaConfig config = new LlamaConfig(
                fields.integer("num_hidden_layers"),
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

    /** Newer configurations keep everything about rotary embeddings in {@code rope_parameters}. */
    private record Rope(double theta, RopeScaling scaling) {
        static Rope read(ConfigFields fields) {
            if (fields.has("partial_rotary_factor") && fields.number("partial_rotary_factor") != 1) {
                throw fields.wrong("partial_rotary_factor", "1: whole heads are rotated");
            }
            if (fields.has("rope_parameters") && fields.has("rope_scaling")) {
                throw fields.wrong("rope_parameters", "only one of `rope_parameters` and `rope_scaling`");
            }
            String field = fields.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
            if (!fields.has(field)) {
                return new Rope(fields.number("rope_theta"), new RopeScaling.Plain());
            }
            ConfigFields rope = fields.object(field);
            double theta = (rope.has("rope_theta") ? rope : fields).number("rope_theta");
            return new Rope(theta, RopeScaling.read(rope));
        }
    }
}
