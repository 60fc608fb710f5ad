package sightline.llava;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sightline.checkpoint.Invalid;
import sightline.error.InputException;
import sightline.image.ClipProcessor;
import sightline.image.ClipProcessorConfig;
import sightline.image.ImageMode;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.json.JsonText;
import sightline.knockout.PictureTokens;
import sightline.model.Processor;
import sightline.model.ProcessorOptions;
import sightline.region.PatchGrid;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.PromptEncoder;
import sightline.text.PromptRules;
import sightline.text.WordPlaces;

/** A checkpoint's picture settings, chat template and tokeniser. Each row of the picture is a token of the prompt. */
public final class LlavaProcessor implements Processor {
    private static final PromptRules PROMPT_RULES = new PromptRules("<image>", true, true, "LLaVA-1.5");
    private static final String PATCH = "patch_size";
    private static final String MORE = "num_additional_image_tokens";
    private static final String STRATEGY = "vision_feature_select_strategy";

    private final ClipProcessor images;
    private final PromptEncoder prompts;
    private final LlavaConfig config;

    private LlavaProcessor(ClipProcessor images, PromptEncoder prompts, LlavaConfig config) {
        this.images = images;
        this.prompts = prompts;
        this.config = config;
    }

    /**
     * Reads the processor's files in a checkpoint's folder.
     *
     * @throws InputException if one is missing or does not fit the model
     */
    public static LlavaProcessor load(Path dir, LlavaConfig config, ProcessorOptions options) {
        Path file = ClipProcessorConfig.find(dir);
        ClipProcessorConfig images = ClipProcessorConfig.read(file);
        Invalid.requireAgreed(
                file,
                "crop_size is",
                images.crop(),
                "image_size",
                config.vision().imageSize());
        requireTokens(dir.resolve("processor_config.json"), images.crop(), config);
        PromptEncoder prompts =
                PromptEncoder.load(dir, options.chatTemplate(), config.imageToken(), PROMPT_RULES, options.system());
        return new LlavaProcessor(new ClipProcessor(images.withMode(mode(images, options))), prompts, config);
    }

    /**
     * What becomes of a picture that is no square.
     *
     * @throws InputException if the checkpoint's picture settings cannot be used
     */
    public static ImageMode mode(Path dir, ProcessorOptions options) {
        return mode(ClipProcessorConfig.read(ClipProcessorConfig.find(dir)), options);
    }

    private static ImageMode mode(ClipProcessorConfig images, ProcessorOptions options) {
        return options.imageMode().orElse(images.mode());
    }

    /** The reference makes image tokens by this file, if it says how, and they must be as many as the tower's rows. */
    private static void requireTokens(Path file, int crop, LlavaConfig config) {
        if (!Files.exists(file)) {
            return;
        }
        JsonNode json = JsonText.read(file);
        if (json.hasNonNull(PATCH) && json.hasNonNull(MORE) && json.hasNonNull(STRATEGY)) {
            long perRow = crop / whole(file, json, PATCH, 1);
            long tokens = perRow * perRow
                    + whole(file, json, MORE, 0)
                    - (json.get(STRATEGY).asText().equals("default") ? 1 : 0);
            Invalid.requireAgreed(
                    file,
                    "makes of a picture so many image tokens:",
                    Math.toIntExact(tokens),
                    "a vision tower whose rows are",
                    config.pictureTokens().all());
        }
    }

    private static int whole(Path file, JsonNode json, String field, int least) {
        JsonNode value = json.get(field);
        if (!value.isInt() || value.intValue() < least || value.intValue() > 1 << 20) {
            throw new InputException(
                    file.toString(),
                    "\"" + field + "\" is " + JsonText.show(value),
                    "a whole number of at least " + least,
                    "Use the file as it was published with the checkpoint");
        }
        return value.intValue();
    }

    @Override
    public ImageTiles picture(RgbImage picture) {
        return images.process(picture);
    }

    @Override
    public PictureTokens tokens(ImageTiles picture) {
        return config.pictureTokens();
    }

    @Override
    public PatchGrid patches(int width, int height) {
        return CropPatches.of(
                width,
                height,
                images.config().framing(width, height),
                config.vision().patchSize(),
                config.keepsClassToken());
    }

    @Override
    public EncodedPrompt prompt(Prompt prompt, WordPlaces places, PictureTokens picture) {
        return prompts.encode(prompt, places, picture.all());
    }

    @Override
    public Optional<ImageMode> imageMode() {
        return Optional.of(images.config().mode());
    }

    @Override
    public PromptEncoder prompts() {
        return prompts;
    }
}
