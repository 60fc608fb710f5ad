package sightline.mllama;

import java.util.List;
import sightline.checkpoint.WeightList;
import sightline.checkpoint.WeightSpec;
import sightline.llama.LlamaConfig;
import sightline.llama.LlamaWeights;

/** Lists the weights of a model by their published names, in the order in which the model uses them. */
final class PublishedWeights {
    private final WeightList weights = new WeightList();

    private PublishedWeights() {}

    static List<WeightSpec> of(MllamaConfig config) {
        PublishedWeights all = new PublishedWeights();
        all.visionTower("vision_model.", config.vision());
        LlamaConfig text = config.text().llama();
        all.weights.biased("multi_modal_projector", config.vision().outputDim(), text.hidden());
        all.decoder("language_model.model.", config.text());
        all.weights.linear("language_model.lm_head", text.hidden(), text.vocabulary());
        return all.weights.all();
    }

    private void visionTower(String at, VisionConfig vision) {
        long hidden = vision.hidden();
        long ids = vision.aspectRatioIds();
        long tokens = vision.tokensPerTile();
        weights.add(at + "patch_embedding.weight", hidden, vision.channels(), vision.patchSize(), vision.patchSize());
        weights.add(at + "class_embedding", hidden);
        for (String stage : List.of("pre", "post")) {
            weights.add(at + stage + "_tile_positional_embedding.embedding.weight", ids, vision.maxTiles() * hidden);
            weights.add(at + stage + "_tile_positional_embedding.gate", 1);
            weights.layerNorm(at + "layernorm_" + stage, hidden);
        }
        weights.add(at + "gated_positional_embedding.embedding", tokens, hidden);
        weights.add(at + "gated_positional_embedding.tile_embedding.weight", ids, vision.maxTiles() * tokens * hidden);
        weights.add(at + "gated_positional_embedding.gate", 1);
        for (int layer = 0; layer < vision.layers(); layer++) {
            visionLayer(at + "transformer.layers." + layer + ".", vision);
        }
        for (int layer = 0; layer < vision.globalLayers(); layer++) {
            String name = at + "global_transformer.layers." + layer + ".";
            visionLayer(name, vision);
            weights.add(name + "gate_attn", 1);
            weights.add(name + "gate_ffn", 1);
        }
    }

    private void visionLayer(String at, VisionConfig vision) {
        weights.layerNorm(at + "input_layernorm", vision.hidden());
        for (String projection : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            weights.linear(at + "self_attn." + projection, vision.hidden(), vision.hidden());
        }
        weights.layerNorm(at + "post_attention_layernorm", vision.hidden());
        weights.biased(at + "mlp.fc1", vision.hidden(), vision.intermediate());
        weights.biased(at + "mlp.fc2", vision.intermediate(), vision.hidden());
    }

    private void decoder(String at, TextConfig text) {
        LlamaConfig llama = text.llama();
        weights.add(at + "embed_tokens.weight", text.embeddingRows(), llama.hidden());
        for (int layer = 0; layer < llama.layers(); layer++) {
            String name = at + "layers." + layer + ".";
            if (text.isCrossAttention(layer)) {
                LlamaWeights.attention(weights, name, "cross_attn.", llama);
                weights.add(name + "cross_attn.q_norm.weight", llama.headSize());
                weights.add(name + "cross_attn.k_norm.weight", llama.headSize());
                weights.add(name + "cross_attn_attn_gate", 1);
                weights.add(name + "cross_attn_mlp_gate", 1);
                LlamaWeights.mlp(weights, name, llama);
            } else {
                LlamaWeights.selfLayer(weights, name, llama);
            }
        }
        weights.add(at + "norm.weight", llama.hidden());
    }
}
