package sightline.mllama;

import java.util.ArrayList;
import java.util.List;
import sightline.checkpoint.WeightSpec;

/** Lists the weights of a model by their published names, in the order in which the model uses them. */
final class PublishedWeights {
    private final List<WeightSpec> weights = new ArrayList<>();

    private PublishedWeights() {}

    static List<WeightSpec> of(MllamaConfig config) {
        PublishedWeights all = new PublishedWeights();
        all.visionTower("vision_model.", config.vision());
        all.linear(
                "multi_modal_projector",
                config.vision().outputDim(),
                config.text().hidden());
        all.add("multi_modal_projector.bias", config.text().hidden());
        all.decoder("language_model.model.", config.text());
        all.linear(
                "language_model.lm_head", config.text().hidden(), config.text().vocabulary());
        return List.copyOf(all.weights);
    }

    private void visionTower(String at, VisionConfig vision) {
        long hidden = vision.hidden();
        long ids = vision.aspectRatioIds();
        long tokens = vision.tokensPerTile();
        add(at + "patch_embedding.weight", hidden, vision.channels(), vision.patchSize(), vision.patchSize());
        add(at + "class_embedding", hidden);
        for (String stage : List.of("pre", "post")) {
            add(at + stage + "_tile_positional_embedding.embedding.weight", ids, vision.maxTiles() * hidden);
            add(at + stage + "_tile_positional_embedding.gate", 1);
            layerNorm(at + "layernorm_" + stage, hidden);
        }
        add(at + "gated_positional_embedding.embedding", tokens, hidden);
        add(at + "gated_positional_embedding.tile_embedding.weight", ids, vision.maxTiles() * tokens * hidden);
        add(at + "gated_positional_embedding.gate", 1);
        for (int layer = 0; layer < vision.layers(); layer++) {
            visionLayer(at + "transformer.layers." + layer + ".", vision);
        }
        for (int layer = 0; layer < vision.globalLayers(); layer++) {
            String name = at + "global_transformer.layers." + layer + ".";
            visionLayer(name, vision);
            add(name + "gate_attn", 1);
            add(name + "gate_ffn", 1);
        }
    }

    private void visionLayer(String at, VisionConfig vision) {
        layerNorm(at + "input_layernorm", vision.hidden());
        for (String projection : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            linear(at + "self_attn." + projection, vision.hidden(), vision.hidden());
        }
        layerNorm(at + "post_attention_layernorm", vision.hidden());
        linear(at + "mlp.fc1", vision.hidden(), vision.intermediate());
        add(at + "mlp.fc1.bias", vision.intermediate());
        linear(at + "mlp.fc2", vision.intermediate(), vision.hidden());
        add(at + "mlp.fc2.bias", vision.hidden());
    }

    private void decoder(String at, TextConfig text) {
        add(at + "embed_tokens.weight", text.embeddingRows(), text.hidden());
        for (int layer = 0; layer < text.layers(); layer++) {
            decoderLayer(at + "layers." + layer + ".", text, text.isCrossAttention(layer));
        }
        add(at + "norm.weight", text.hidden());
    }

    private void decoderLayer(String at, TextConfig text, boolean cross) {
        String attention = at + (cross ? "cross_attn." : "self_attn.");
        int keyValueChannels = text.keyValueHeads() * text.headSize();
        add(at + "input_layernorm.weight", text.hidden());
        linear(attention + "q_proj", text.hidden(), text.hidden());
        linear(attention + "k_proj", text.hidden(), keyValueChannels);
        linear(attention + "v_proj", text.hidden(), keyValueChannels);
        linear(attention + "o_proj", text.hidden(), text.hidden());
        if (cross) {
            add(attention + "q_norm.weight", text.headSize());
            add(attention + "k_norm.weight", text.headSize());
            add(at + "cross_attn_attn_gate", 1);
            add(at + "cross_attn_mlp_gate", 1);
        }
        add(at + "post_attention_layernorm.weight", text.hidden());
        linear(at + "mlp.gate_proj", text.hidden(), text.intermediate());
        linear(at + "mlp.up_proj", text.hidden(), text.intermediate());
        linear(at + "mlp.down_proj", text.intermediate(), text.hidden());
    }

    private void linear(String name, int in, int out) {
        add(name + ".weight", out, in);
    }

    private void layerNorm(String name, long channels) {
        add(name + ".weight", channels);
        add(name + ".bias", channels);
    }

    private void add(String name, long... shape) {
        weights.add(WeightSpec.of(name, shape));
    }
}
