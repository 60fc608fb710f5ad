package sightline.llava;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;

/**
 * The sizes of the CLIP vision tower, {@code vision_config} in {@code config.json}.
 *
 * @param layers of the whole tower; not all of them need to be run
 * @param hidden channels of a hidden state
 * @param intermediate channels inside the MLP
 * @param heads attention heads; divides hidden
 * @param imageSize side of a picture in pixels
 * @param patchSize side of a patch in pixels; pixels that fill no patch are left out
 * @param activation inside the MLP
 * @param normEps epsilon of every layer norm
 */
public record ClipConfig(
        int layers,
        int hidden,
        int intermediate,
        int heads,
        int imageSize,
        int patchSize,
        Activation activation,
        double normEps) {
    /** Of a picture: it is read as RGB. */
    static final int CHANNELS = 3;

    private static final int LARGEST_IMAGE = 1 << 12;

    /** What {@code config.json} leaves out. */
    private static final ObjectNode DEFAULTS = JsonNodeFactory.instance
            .objectNode()
            .put("num_hidden_layers", 12)
            .put("hidden_size", 768)
            .put("intermediate_size", 3072)
            .put("num_attention_heads", 12)
            .put("num_channels", CHANNELS)
            .put("image_size", 224)
            .put("patch_size", 32)
            .put("hidden_act", "quick_gelu")
            .put("layer_norm_eps", 1e-5);

    /** Checks the values against each other; see the parameters. */
    public ClipConfig {
        Invalid.requireLayers("vision_config.num_hidden_layers", layers);
        Invalid.requireSize("vision_config.hidden_size", hidden);
        Invalid.requireSize("vision_config.intermediate_size", intermediate);
        Invalid.requireSize("vision_config.num_attention_heads", heads);
        Invalid.requireInRange("vision_config.image_size", imageSize, LARGEST_IMAGE);
        Invalid.requireInRange("vision_config.patch_size", patchSize, imageSize);
        Invalid.requirePositive("vision_config.layer_norm_eps", normEps);
        Invalid.requireDivides("vision_config.num_attention_heads", heads, "vision_config.hidden_size", hidden);
    }

    /** Channels of one head. */
    int headSize() {
        return hidden / heads;
    }

    /** Patches along one side of a picture. */
    public int patchesPerSide() {
        return imageSize / patchSize;
    }

    /** Patches of a picture. */
    public int patches() {
        return patchesPerSide() * patchesPerSide();
    }

    static ClipConfig read(ConfigFields given) {
        ConfigFields fields = given.withDefaults(DEFAULTS);
        if (fields.has("model_type")) {
            fields.requireText("model_type", "clip_vision_model");
        }
        if (fields.integer("num_channels") != CHANNELS) {
            throw fields.wrong("num_channels", CHANNELS + ", as pictures are read as RGB");
        }
        return new ClipConfig(
                fields.integer("num_hidden_layers"),
                fields.integer("hidden_size"),
                fields.integer("intermediate_size"),
                fields.integer("num_attention_heads"),
                fields.integer("image_size"),
                fields.integer("patch_size"),
                Activation.read(fields, "hidden_act"),
                fields.number("layer_norm_eps"));
    }
}
