package sightline.mllama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;
import sightline.knockout.PictureTokens;

/**
 * The sizes of the vision tower, {@code vision_config} in {@code config.json}.
 *
 * @param layers local layers
 * @param globalLayers gated layers after them
 * @param hidden channels of a hidden state
 * @param intermediate channels inside the MLP
 * @param heads attention heads; divides hidden
 * @param channels of a picture: 3, as pictures are read as RGB
 * @param imageSize side of a tile in pixels
 * @param patchSize side of a patch in pixels; divides imageSize
 * @param maxTiles tiles of a picture, padding tiles included
 * @param normEps epsilon of the layer norms inside the layers; those around the local layers have 1e-5
 * @param intermediateLayers local layers whose input states go into the output, increasing
 * @param supportedAspectRatios equal to {@link AspectRatio#upTo} of maxTiles, as aspect-ratio ids count on that order
 * @param outputDim channels of the output: hidden · (1 + intermediate layers)
 */
public record VisionConfig(
        int layers,
        int globalLayers,
        int hidden,
        int intermediate,
        int heads,
        int channels,
        int imageSize,
        int patchSize,
        int maxTiles,
        double normEps,
        List<Integer> intermediateLayers,
        List<AspectRatio> supportedAspectRatios,
        int outputDim) {
    private static final int TOKEN_MULTIPLE = 8;
    private static final int LARGEST_IMAGE = 1 << 12;
    private static final int MOST_TILES = 64;

    /** Checks the values against each other; see the parameters. */
    public VisionConfig {
        Invalid.requireLayers("vision_config.num_hidden_layers", layers);
        Invalid.requireLayers("vision_config.num_global_layers", globalLayers);
        Invalid.requireSize("vision_config.hidden_size", hidden);
        Invalid.requireSize("vision_config.intermediate_size", intermediate);
        Invalid.requireSize("vision_config.attention_heads", heads);
        Invalid.requireInRange("vision_config.image_size", imageSize, LARGEST_IMAGE);
        Invalid.requireSize("vision_config.patch_size", patchSize);
        Invalid.requireInRange("vision_config.max_num_tiles", maxTiles, MOST_TILES);
        Invalid.requirePositive("vision_config.norm_eps", normEps);
        Invalid.requireDivides("vision_config.attention_heads", heads, "vision_config.hidden_size", hidden);
        Invalid.requireDivides("vision_config.patch_size", patchSize, "vision_config.image_size", imageSize);
        if (channels != 3) {
            throw Invalid.field("vision_config.num_channels", channels, "3, as pictures are read as RGB");
        }
        intermediateLayers = List.copyOf(intermediateLayers);
        checkIntermediateLayers(intermediateLayers, layers);
        supportedAspectRatios = List.copyOf(supportedAspectRatios);
        List<AspectRatio> all = AspectRatio.upTo(maxTiles);
        if (!supportedAspectRatios.equals(all)) {
            throw Invalid.field(
                    "vision_config.supported_aspect_ratios",
                    supportedAspectRatios,
                    "the arrangements of up to " + maxTiles + " tiles in this order: " + all);
        }
        long expectedOutput = (1L + intermediateLayers.size()) * hidden;
        if (outputDim != expectedOutput) {
            throw Invalid.field(
                    "vision_config.vision_output_dim",
                    outputDim,
                    expectedOutput + ", the final state and " + intermediateLayers.size()
                            + " intermediate ones of hidden_size " + hidden);
        }
    }

    private static void checkIntermediateLayers(List<Integer> indices, int layers) {
        int before = -1;
        for (int index : indices) {
            if (index <= before || index >= layers) {
                throw Invalid.field(
                        "vision_config.intermediate_layers_indices",
                        indices,
                        "layers from 0 to " + (layers - 1) + " in increasing order");
            }
            before = index;
        }
    }

    /** Channels of one head. */
    public int headSize() {
        return hidden / heads;
    }

    /** Patches along one side of a tile. */
    public int patchesPerSide() {
        return imageSize / patchSize;
    }

    /** Patches of a tile. */
    public int patchesPerTile() {
        return patchesPerSide() * patchesPerSide();
    }

    /** Tokens of a tile: its patches and the class token. */
    public int tokensPerTile() {
        return patchesPerTile() + 1;
    }

    /**
     * The tokens of a picture.
     *
     * @param tiles that hold picture
     */
    public PictureTokens tokens(int tiles) {
        return new PictureTokens(tiles * tokensPerTile(), maxTiles * tokensPerTile());
    }

    /** Tokens of a tile inside the tower, padded to a multiple of {@value #TOKEN_MULTIPLE}. */
    public int paddedTokens() {
        return (tokensPerTile() + TOKEN_MULTIPLE - 1) / TOKEN_MULTIPLE * TOKEN_MULTIPLE;
    }

    /** Rows of a table that is looked up by aspect-ratio id: the arrangements and 0 for no picture. */
    public int aspectRatioIds() {
        return supportedAspectRatios.size() + 1;
    }

    static VisionConfig read(ConfigFields fields) {
        if (fields.has("model_type")) {
            fields.requireText("model_type", "mllama_vision_model");
        }
        fields.requireText("hidden_act", "gelu");
        return new VisionConfig(
                fields.integer("num_hidden_layers"),
                fields.integer("num_global_layers"),
                fields.integer("hidden_size"),
                fields.integer("intermediate_size"),
                fields.integer("attention_heads"),
                fields.integer("num_channels"),
                fields.integer("image_size"),
                fields.integer("patch_size"),
                fields.integer("max_num_tiles"),
                fields.number("norm_eps"),
                fields.integers("intermediate_layers_indices"),
                aspectRatios(fields, "supported_aspect_ratios"),
                fields.integer("vision_output_dim"));
    }

    private static List<AspectRatio> aspectRatios(ConfigFields fields, String field) {
        List<AspectRatio> ratios = new ArrayList<>();
        JsonNode list = fields.list(field, "a list of [rows, columns]");
        for (JsonNode pair : list) {
            if (pair.size() != 2 || !isInt(pair.path(0)) || !isInt(pair.path(1))) {
                throw fields.wrong(field, "a list of [rows, columns]");
            }
            ratios.add(new AspectRatio(pair.get(0).intValue(), pair.get(1).intValue()));
        }
        return ratios;
    }

    private static boolean isInt(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }
}
