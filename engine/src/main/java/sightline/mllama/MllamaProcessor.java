package sightline.mllama;

import java.nio.file.Path;
import sightline.checkpoint.Invalid;
import sightline.error.InputException;
import sightline.image.ImageProcessor;
import sightline.image.ImageProcessorConfig;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.knockout.PictureTokens;
import sightline.model.Processor;
import sightline.model.ProcessorOptions;
import sightline.region.PatchGrid;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.PromptEncoder;
import sightline.text.PromptRules;
import sightline.text.WordPlaces;

/** A checkpoint's picture settings, chat template and tokeniser. A prompt's tokens do not depend on the picture. */
public final class MllamaProcessor implements Processor {
    /** How this family's prompts are made. */
    public static final PromptRules PROMPT_RULES = new PromptRules("<|image|>", false, false, "Llama 3.2-Vision");

    private final ImageProcessor images;
    private final PromptEncoder prompts;
    private final VisionConfig vision;

    private MllamaProcessor(ImageProcessor images, PromptEncoder prompts, VisionConfig vision) {
        this.images = images;
        this.prompts = prompts;
        this.vision = vision;
    }

    /** Reads the processor's files in a checkpoint's folder, and nothing given in their place. */
    public static MllamaProcessor load(Path dir, MllamaConfig config) {
        return load(dir, config, ProcessorOptions.NONE);
    }

    /**
     * Reads the processor's files in a checkpoint's folder.
     *
     * @throws InputException if one is missing or does not fit the model, or an image mode is given
     */
    public static MllamaProcessor load(Path dir, MllamaConfig config, ProcessorOptions options) {
        options.imageMode().ifPresent(mode -> {
            throw new InputException(
                    "--image-mode",
                    "is given, but Llama 3.2-Vision cuts a picture into tiles and never crops it",
                    "a checkpoint of LLaVA-1.5",
                    "Leave --image-mode out");
        });
        Path file = ImageProcessorConfig.find(dir);
        ImageProcessorConfig images = ImageProcessorConfig.read(file);
        VisionConfig vision = config.vision();
        Invalid.requireAgreed(file, "size is", images.tile(), "image_size", vision.imageSize());
        Invalid.requireAgreed(file, "max_image_tiles is", images.maxTiles(), "max_num_tiles", vision.maxTiles());
        PromptEncoder prompts =
                PromptEncoder.load(dir, options.chatTemplate(), config.imageToken(), PROMPT_RULES, options.system());
        return new MllamaProcessor(new ImageProcessor(images), prompts, vision);
    }

    @Override
    public ImageTiles picture(RgbImage picture) {
        return images.process(picture);
    }

    /** A prompt through the chat template and the tokeniser. */
    public EncodedPrompt prompt(Prompt prompt) {
        return prompts.encode(prompt);
    }

    @Override
    public EncodedPrompt prompt(Prompt prompt, WordPlaces places, PictureTokens picture) {
        return prompts.encode(prompt, places, 1);
    }

    @Override
    public PictureTokens tokens(ImageTiles picture) {
        return vision.tokens(picture.count());
    }

    @Override
    public PatchGrid patches(int width, int height) {
        return TilePatches.of(width, height, vision);
    }

    @Override
    public PromptEncoder prompts() {
        return prompts;
    }
}
