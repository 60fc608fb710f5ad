package sightline.llava;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.Invalid;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.llama.LlamaConfig;
import sightline.plan.FamilyRules;
import sightline.tensor.Work;

/**
 * A LLaVA-1.5's {@code config.json}. What it leaves out has the reference's default; a field that would change the
 * arithmetic and has a value we do not know is an error.
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param imageToken the token that stands for the picture in a prompt
 * @param towerLayers how many of the tower's layers are run: the last one's output goes to the projector
 * @param keepsClassToken whether the tower's class token is one of the image tokens, the first
 * @param projectorActivation between the projector's two layers
 * @param projectorBias whether these have biases
 */
public record LlavaConfig(
        LlamaConfig text,
        ClipConfig vision,
        int imageToken,
        int towerLayers,
        boolean keepsClassToken,
        Activation projectorActivation,
        boolean projectorBias)
        implements ModelConfig {
    private static final LlavaRules RULES = new LlavaRules();

    /** {@code eos_token_id} of {@code text_config}, which it leaves out. */
    private static final Set<Integer> END = Set.of(2);

    /** What {@code config.json} leaves out at its outermost level. */
    private static final ObjectNode DEFAULTS = JsonNodeFactory.instance
            .objectNode()
            .put("image_token_index", 32000)
            .put("projector_hidden_act", "gelu")
            .put("vision_feature_layer", -2)
            .put("vision_feature_select_strategy", "default")
            .put("multimodal_projector_bias", true);

    /** The same of {@code text_config}, less the key heads, of which there are as many as heads. */
    private static final ObjectNode TEXT_DEFAULTS = JsonNodeFactory.instance
            .objectNode()
            .put("vocab_size", 32000)
            .put("hidden_size", 4096)
            .put("intermediate_size", 11008)
            .put("num_hidden_layers", 32)
            .put("num_attention_heads", 32)
            .put("hidden_act", "silu")
            .put("rms_norm_eps", 1e-6)
            .put("rope_theta", 10000)
            .put("max_position_embeddings", 2048);

    /** Checks that the image token has an embedding. */
    public LlavaConfig {
        if (imageToken < 0 || imageToken >= text.vocabulary()) {
            throw Invalid.field(
                    "image_token_index", imageToken, "a row of the embedding table, 0 to " + (text.vocabulary() - 1));
        }
    }

    /**
     * Reads what a {@code config.json} holds.
     *
     * @param file for errors
     * @throws InputException if it is of another model, or has a value that we do not support
     */
    public static LlavaConfig of(Path file, ObjectNode json) {
        try {
            ConfigFields given = ConfigFields.outermost(json);
            given.requireText("model_type", "llava");
            given.requireClass("LlavaForConditionalGeneration");
            ConfigFields fields = given.withDefaults(DEFAULTS);
            fields.requireNotTrue("tie_word_embeddings", "the output head is a matrix of its own");
            ClipConfig vision = ClipConfig.read(fields.object("vision_config"));
            return new LlavaConfig(
                    text(fields.object("text_config")),
                    vision,
                    fields.integer("image_token_index"),
                    towerLayers(fields, vision.layers()),
                    keepsClassToken(fields),
                    Activation.read(fields, "projector_hidden_act"),
                    fields.flag("multimodal_projector_bias"));
        } catch (InputException e) {
            // The records that checked a value do not know which file it came from.
            throw new InputException(file.toString(), e.problem(), e.expected(), e.nextStep(), e);
        }
    }

    private static LlamaConfig text(ConfigFields given) {
        ConfigFields fields = given.withDefaults(TEXT_DEFAULTS);
        if (fields.has("model_type")) {
            fields.requireText("model_type", "llama");
        }
        ObjectNode keyHeads =
                JsonNodeFactory.instance.objectNode().put("num_key_value_heads", fields.integer("num_attention_heads"));
        return LlamaConfig.read(fields.withDefaults(keyHeads), "the output head is a matrix of its own");
    }

    /** The chosen state among those before the first layer and behind each, counted from either end. */
    private static int towerLayers(ConfigFields fields, int layers) {
        int chosen = fields.integer("vision_feature_layer");
        int fromStart = chosen < 0 ? layers + 1 + chosen : chosen;
        if (fromStart < 0 || fromStart > layers) {
            throw fields.wrong("vision_feature_layer", "a state of the tower, " + -(layers + 1) + " to " + layers);
        }
        return fromStart;
    }

    private static boolean keepsClassToken(ConfigFields fields) {
        return switch (fields.text("vision_feature_select_strategy")) {
            case "default" -> false;
            case "full" -> true;
            default -> throw fields.wrong("vision_feature_select_strategy", "\"default\" or \"full\"");
        };
    }

    /** The tokens of a picture, each of which has a row of its own in a prompt. */
    public PictureTokens pictureTokens() {
        int tokens = vision.patches() + (keepsClassToken ? 1 : 0);
        return new PictureTokens(tokens, tokens);
    }

    @Override
    public ModelShape shape() {
        return text.shape(Collections.nCopies(text.layers(), Medium.TEXT));
    }

    @Override
    public FamilyRules rules() {
        return RULES;
    }

    @Override
    public List<WeightSpec> weights() {
        return LlavaWeights.of(this);
    }

    @Override
    public String publishedName(String stored) {
        return LlavaWeightNames.published(stored);
    }

    @Override
    public boolean leavesOut(String publishedName) {
        return LlavaWeights.isNeverRead(publishedName);
    }

    @Override
    public Set<Integer> usualEndTokens() {
        return END;
    }

    @Override
    public String whyHeadIsNeeded() {
        return "the embedding table cannot stand in, it is another matrix";
    }

    @Override
    public int imageRows() {
        return pictureTokens().all();
    }

    @Override
    public int tileSide() {
        return vision.imageSize();
    }

    @Override
    public int mostTiles() {
        return 1;
    }

    @Override
    public List<Work> towerWork(int tiles) {
        return LlavaWork.tower(this);
    }

    @Override
    public List<Work> memoryWork() {
        return LlavaWork.projector(this);
    }

    @Override
    public String memoryName() {
        return "projector";
    }

    @Override
    public String architecture() {
        return "LLaVA-1.5 (llava)";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("text", text.inWords()),
                new Fact("reads image", pictureTokens().all() + " rows of the text, in every layer"),
                new Fact(
                        "vision",
                        towerLayers + " of " + vision.layers() + " layers, hidden size " + vision.hidden() + ", "
                                + vision.heads() + " heads"),
                new Fact(
                        "pictures",
                        vision.imageSize() + " x " + vision.imageSize() + " pixels, "
                                + pictureTokens().all() + " tokens"));
    }
}
