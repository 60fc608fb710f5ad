package sightline.llava;

import java.util.List;
import sightline.checkpoint.WeightList;
import sightline.checkpoint.WeightSpec;
import sightline.llama.LlamaConfig;
import sightline.llama.LlamaWeights;

/**
 * Lists the weights of a model by their published names, in the order in which the model uses them: not those of the
 * tower's layers that are never run, nor its last norm.
 */
final class LlavaWeights {
    static final String TOWER = "vision_tower.vision_model.";
    static final String PROJECTOR = "multi_modal_projector.";
    static final String DECODER = "language_model.model.";
    static final String HEAD = "language_model.lm_head";

    private LlavaWeights() {}

    static List<WeightSpec> of(LlavaConfig config) {
        WeightList weights = new WeightList();
        tower(weights, config.vision(), config.towerLayers());
        LlamaConfig text = config.text();
        linear(weights, PROJECTOR + "linear_1", config.vision().hidden(), text.hidden(), config.projectorBias());
        linear(weights, PROJECTOR + "linear_2", text.hidden(), text.hidden(), config.projectorBias());
        weights.add(DECODER + "embed_tokens.weight", text.vocabulary(), text.hidden());
        for (int layer = 0; layer < text.layers(); layer++) {
            LlamaWeights.selfLayer(weights, DECODER + "layers." + layer + ".", text);
        }
        weights.add(DECODER + "norm.weight", text.hidden());
        weights.linear(HEAD, text.hidden(), text.vocabulary());
        return weights.all();
    }

    /** The tower's layers that are never run, its last norm, and numbers of positions that old files hold. */
    static boolean isNeverRead(String name) {
        return name.startsWith(TOWER + "encoder.layers.")
                || name.startsWith(TOWER + "post_layernorm.")
                || name.equals(TOWER + "embeddings.position_ids");
    }

    private static void tower(WeightList weights, ClipConfig vision, int layers) {
        int hidden = vision.hidden();
        String embeddings = TOWER + "embeddings.";
        weights.add(
                embeddings + "patch_embedding.weight",
                hidden,
                ClipConfig.CHANNELS,
                vision.patchSize(),
                vision.patchSize());
        weights.add(embeddings + "class_embedding", hidden);
        weights.add(embeddings + "position_embedding.weight", vision.patches() + 1L, hidden);
        weights.layerNorm(TOWER + "pre_layrnorm", hidden);
        for (int layer = 0; layer < layers; layer++) {
            String at = TOWER + "encoder.layers." + layer + ".";
            weights.layerNorm(at + "layer_norm1", hidden);
            for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                weights.biased(at + "self_attn." + projection, hidden, hidden);
            }
            weights.layerNorm(at + "layer_norm2", hidden);
            weights.biased(at + "mlp.fc1", hidden, vision.intermediate());
            weights.biased(at + "mlp.fc2", vision.intermediate(), hidden);
        }
    }

    private static void linear(WeightList weights, String name, int in, int out, boolean bias) {
        if (bias) {
            weights.biased(name, in, out);
        } else {
            weights.linear(name, in, out);
        }
    }
}
