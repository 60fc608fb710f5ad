package sightline.mllama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.json.JsonText;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.llama.LlamaConfig;
import sightline.plan.FamilyRules;
import sightline.tensor.Work;

/**
 * A Llama 3.2-Vision model's {@code config.json}: every size comes from there. A field that would change the arithmetic
 * and has a value we do not know is an error, and so is a missing one.
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param imageToken the token that stands for the picture in a prompt; a row of the embedding table
 */
public record MllamaConfig(TextConfig text, VisionConfig vision, int imageToken) implements ModelConfig {
    private static final MllamaRules RULES = new MllamaRules();

    /** Checks that the image token has an embedding. */
    public MllamaConfig {
        if (imageToken < 0 || imageToken >= text.embeddingRows()) {
            throw Invalid.field(
                    "image_token_index",
                    imageToken,
                    "a row of the embedding table, 0 to " + (text.embeddingRows() - 1));
        }
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws InputException if it is missing, no JSON, of another model, or has a value that we do not support
     */
    public static MllamaConfig read(Path file) {
        return of(file, JsonText.read(file));
    }

    /** The same of what the file holds. */
    public static MllamaConfig of(Path file, ObjectNode json) {
        try {
            ConfigFields fields = ConfigFields.outermost(json);
            fields.requireText("model_type", "mllama");
            fields.requireClass("MllamaForConditionalGeneration");
            return new MllamaConfig(
                    TextConfig.read(fields.object("text_config")),
                    VisionConfig.read(fields.object("vision_config")),
                    fields.integer("image_token_index"));
        } catch (InputException e) {
            // The records that checked a value do not know which file it came from.
            throw new InputException(file.toString(), e.problem(), e.expected(), e.nextStep(), e);
        }
    }

    @Override
    public ModelShape shape() {
        LlamaConfig llama = text.llama();
        return llama.shape(IntStream.range(0, llama.layers())
                .mapToObj(layer -> text.isCrossAttention(layer) ? Medium.IMAGE : Medium.TEXT)
                .toList());
    }

    @Override
    public FamilyRules rules() {
        return RULES;
    }

    @Override
    public List<WeightSpec> weights() {
        return PublishedWeights.of(this);
    }

    @Override
    public String publishedName(String stored) {
        return WeightNames.published(stored);
    }

    @Override
    public String whyHeadIsNeeded() {
        return "the embedding table cannot stand in, it has " + TextConfig.EXTRA_EMBEDDINGS + " rows more";
    }

    @Override
    public int tileSide() {
        return vision.imageSize();
    }

    @Override
    public int mostTiles() {
        return vision.maxTiles();
    }

    @Override
    public List<Work> towerWork(int tiles) {
        return VisionWork.tower(vision, tiles);
    }

    @Override
    public List<Work> memoryWork() {
        return VisionWork.memory(this);
    }

    @Override
    public String memoryName() {
        return "image keys and values";
    }

    @Override
    public String architecture() {
        return "Llama 3.2-Vision (mllama)";
    }

    @Override
    public List<Fact> facts() {
        String crossLayers =
                text.crossAttentionLayers().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return List.of(
                new Fact("text", text.llama().inWords()),
                new Fact("reads image", text.crossAttentionLayers().size() + " cross-attention layers: " + crossLayers),
                new Fact(
                        "vision",
                        vision.layers() + " + " + vision.globalLayers() + " layers, hidden size " + vision.hidden()
                                + ", " + vision.heads() + " heads"),
                new Fact(
                        "pictures",
                        "up to " + vision.maxTiles() + " tiles of " + vision.imageSize() + " x " + vision.imageSize()
                                + " pixels, " + grouped(vision.tokensPerTile()) + " tokens each"));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
