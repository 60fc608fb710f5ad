package sightline.writing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sightline.checkpoint.ModelConfig;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.llava.ClipConfig;
import sightline.llava.LlavaConfig;
import sightline.mllama.MllamaConfig;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;

/** A configuration as {@code config.json} and {@code generation_config.json}, with the names and values of the published ones. */
final class ConfigJson {
    /** The published settings for drawing answers. */
    private static final double TEMPERATURE = 0.6;

    private static final double TOP_P = 0.9;

    private ConfigJson() {}

    static ObjectNode of(ModelConfig config, SpecialTokens tokens) {
        return config instanceof LlavaConfig llava ? of(llava, tokens) : of((MllamaConfig) config, tokens);
    }

    private static ObjectNode of(LlavaConfig config, SpecialTokens tokens) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("architectures").add("LlavaForConditionalGeneration");
        root.put("model_type", "llava").put("torch_dtype", "bfloat16");
        root.put("image_token_index", config.imageToken()).put("pad_token_id", tokens.padding());
        root.put("image_seq_length", config.pictureTokens().all());
        root.put("projector_hidden_act", config.projectorActivation().toString());
        root.put("multimodal_projector_bias", config.projectorBias());
        root.put("vision_feature_layer", config.towerLayers());
        root.put("vision_feature_select_strategy", config.keepsClassToken() ? "full" : "default");
        llama(root.putObject("text_config").put("model_type", "llama"), config.text(), List.of());
        ClipConfig vision = config.vision();
        root.putObject("vision_config")
                .put("model_type", "clip_vision_model")
                .put("hidden_act", vision.activation().toString())
                .put("hidden_size", vision.hidden())
                .put("intermediate_size", vision.intermediate())
                .put("num_hidden_layers", vision.layers())
                .put("num_attention_heads", vision.heads())
                .put("image_size", vision.imageSize())
                .put("patch_size", vision.patchSize())
                .put("layer_norm_eps", vision.normEps());
        return root;
    }

    private static ObjectNode of(MllamaConfig config, SpecialTokens tokens) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("architectures").add("MllamaForConditionalGeneration");
        root.put("model_type", "mllama");
        root.put("torch_dtype", "bfloat16");
        root.put("image_token_index", config.imageToken());
        text(root.putObject("text_config"), config.text(), tokens);
        vision(root.putObject("vision_config"), config.vision());
        return root;
    }

    /** @param config of the model; each family's checkpoints are published with other settings */
    static ObjectNode generation(ModelConfig config, SpecialTokens tokens) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("bos_token_id", tokens.begin());
        addAll(root.putArray("eos_token_id"), tokens.end());
        root.put("pad_token_id", tokens.padding());
        return config instanceof LlavaConfig
                ? root
                : root.put("do_sample", true).put("temperature", TEMPERATURE).put("top_p", TOP_P);
    }

    private static void text(ObjectNode json, TextConfig text, SpecialTokens tokens) {
        json.put("model_type", "mllama_text_model");
        llama(json, text.llama(), List.copyOf(text.crossAttentionLayers()));
        json.put("bos_token_id", tokens.begin()).put("pad_token_id", tokens.padding());
        addAll(json.putArray("eos_token_id"), tokens.end());
    }

    private static void llama(ObjectNode json, LlamaConfig llama, List<Integer> crossAttentionLayers) {
        json.put("hidden_act", "silu").put("vocab_size", llama.vocabulary());
        json.put("hidden_size", llama.hidden()).put("intermediate_size", llama.intermediate());
        json.put("num_hidden_layers", llama.layers());
        if (!crossAttentionLayers.isEmpty()) {
            addAll(json.putArray("cross_attention_layers"), crossAttentionLayers);
        }
        json.put("num_attention_heads", llama.heads()).put("num_key_value_heads", llama.keyValueHeads());
        json.put("rms_norm_eps", llama.rmsNormEps()).put("rope_theta", llama.ropeTheta());
        if (llama.ropeScaling() instanceof RopeScaling.Llama3 scaling) {
            json.putObject("rope_scaling")
                    .put("rope_type", "llama3")
                    .put("factor", scaling.factor())
                    .put("low_freq_factor", scaling.lowFreqFactor())
                    .put("high_freq_factor", scaling.highFreqFactor())
                    .put("original_max_position_embeddings", scaling.originalMaxPositions());
        }
        json.put("max_position_embeddings", llama.maxPositions());
        json.put("tie_word_embeddings", false);
    }

    private static void vision(ObjectNode json, VisionConfig vision) {
        json.put("model_type", "mllama_vision_model").put("hidden_act", "gelu");
        json.put("hidden_size", vision.hidden()).put("intermediate_size", vision.intermediate());
        json.put("num_hidden_layers", vision.layers()).put("num_global_layers", vision.globalLayers());
        json.put("attention_heads", vision.heads()).put("num_channels", vision.channels());
        json.put("image_size", vision.imageSize()).put("patch_size", vision.patchSize());
        json.put("max_num_tiles", vision.maxTiles()).put("norm_eps", vision.normEps());
        addAll(json.putArray("intermediate_layers_indices"), vision.intermediateLayers());
        ArrayNode ratios = json.putArray("supported_aspect_ratios");
        vision.supportedAspectRatios()
                .forEach(ratio -> ratios.addArray().add(ratio.rows()).add(ratio.columns()));
        json.put("vision_output_dim", vision.outputDim());
    }

    private static void addAll(ArrayNode array, List<Integer> values) {
        values.forEach(array::add);
    }
}
