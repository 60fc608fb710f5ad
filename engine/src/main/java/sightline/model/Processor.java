package sightline.model;

import java.nio.file.Path;
import java.util.Optional;
import sightline.checkpoint.MllamaConfig;
import sightline.error.InputException;
import sightline.image.ImageProcessor;
import sightline.image.ImageProcessorConfig;
import sightline.image.ImageTiles;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.text.ChatTemplate;
import sightline.text.EncodedPrompt;
import sightline.text.LlamaTokenizer;
import sightline.text.Prompt;
import sightline.text.PromptEncoder;
import sightline.text.WordPlaces;

/** Turns a picture and a prompt into the model's inputs, and tokens into text (METHOD section 2). */
public final class Processor implements AutoCloseable {
    private final ImageProcessor images;
    private final LlamaTokenizer tokenizer;
    private final PromptEncoder prompts;

    private Processor(ImageProcessor images, LlamaTokenizer tokenizer, PromptEncoder prompts) {
        this.images = images;
        this.tokenizer = tokenizer;
        this.prompts = prompts;
    }

    /**
     * Reads the processor's files in a checkpoint's folder.
     *
     * @throws InputException if one is missing or does not fit the model
     */
    public static Processor load(Path dir, MllamaConfig config) {
        return load(dir, config, Optional.empty());
    }

    /**
     * The same with a chat template given in place of the checkpoint's.
     *
     * @param chatTemplate see {@link LoadOptions#chatTemplate()}
     */
    public static Processor load(Path dir, MllamaConfig config, Optional<Path> chatTemplate) {
        Path file = ImageProcessorConfig.find(dir);
        ImageProcessorConfig images = ImageProcessorConfig.read(file);
        requireEqual(file, "size", images.tile(), "image_size", config.vision().imageSize());
        requireEqual(
                file,
                "max_image_tiles",
                images.maxTiles(),
                "max_num_tiles",
                config.vision().maxTiles());
        ChatTemplate template = ChatTemplate.load(dir, chatTemplate);
        LlamaTokenizer tokenizer = LlamaTokenizer.load(dir);
        try {
            PromptEncoder prompts = new PromptEncoder(template, tokenizer, config.imageToken());
            return new Processor(new ImageProcessor(images), tokenizer, prompts);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    private static void requireEqual(Path file, String field, int value, String configField, int expected) {
        if (value != expected) {
            throw new InputException(
                    file.toString(),
                    field + " is " + value + ", but config.json has " + configField + " " + expected,
                    "the same number in both",
                    "Take both files from the same checkpoint");
        }
    }

    /** A picture file and a prompt as the model reads them. */
    public ModelInputs encode(Path picture, Prompt prompt) {
        return new ModelInputs(picture(picture), prompt(prompt));
    }

    /** A picture file as tiles. */
    public ImageTiles picture(Path file) {
        return picture(PictureReader.read(file));
    }

    /** A picture as tiles. */
    public ImageTiles picture(RgbImage picture) {
        return images.process(picture);
    }

    /** A prompt through the chat template and the tokeniser. */
    public EncodedPrompt prompt(Prompt prompt) {
        return prompts.encode(prompt);
    }

    /** The same; errors about the words name where they come from. */
    public EncodedPrompt prompt(Prompt prompt, WordPlaces places) {
        return prompts.encode(prompt, places);
    }

    /** The begin token, if the chat template does not write it and it is put in front, as the reference does. */
    public Optional<String> addedBeginToken() {
        return prompts.addedBeginToken();
    }

    /** An answer given as text, as token ids: as it stands, no special tokens, no leading space. */
    public int[] answerTokens(String text) {
        return prompts.encodeAnswer(text);
    }

    /** Token ids as text, special tokens skipped. */
    public String decode(int[] tokens) {
        return tokenizer.decode(tokens, true);
    }

    /** Whether there is a token with this id. */
    public boolean hasToken(int id) {
        return tokenizer.contains(id);
    }

    /** One token as printable text, a leading space kept. */
    public String token(int id) {
        return tokenizer.token(id);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
