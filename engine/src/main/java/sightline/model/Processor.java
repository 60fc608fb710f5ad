package sightline.model;

import java.nio.file.Path;
import java.util.Optional;
import sightline.image.ImageMode;
import sightline.image.ImageTiles;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.knockout.PictureTokens;
import sightline.region.PatchGrid;
import sightline.text.EncodedPrompt;
import sightline.text.Prompt;
import sightline.text.PromptEncoder;
import sightline.text.WordPlaces;

/**
 * Turns a picture and a prompt into the model's inputs, and tokens into text (METHOD section 2). A prompt is encoded for a
 * picture: in some families its length depends on it.
 */
public interface Processor extends AutoCloseable {
    /** A picture file and a prompt as the model reads them. */
    default ModelInputs encode(Path file, Prompt prompt) {
        ImageTiles picture = picture(file);
        return new ModelInputs(picture, prompt(prompt, WordPlaces.OPTIONS, tokens(picture)));
    }

    /** A picture file as tiles. */
    default ImageTiles picture(Path file) {
        return picture(PictureReader.read(file));
    }

    /** A picture as tiles. */
    ImageTiles picture(RgbImage picture);

    /** How many tokens a picture of such tiles has. */
    PictureTokens tokens(ImageTiles picture);

    /** The patches of a picture of this size, in pixels as it is stored, and their tokens. */
    PatchGrid patches(int width, int height);

    /**
     * A prompt through the chat template and the tokeniser.
     *
     * @param places where the words come from, for errors
     * @param picture the tokens of the picture that it is about
     */
    EncodedPrompt prompt(Prompt prompt, WordPlaces places, PictureTokens picture);

    /** What becomes of a picture that is no square, in families that have a choice. */
    default Optional<ImageMode> imageMode() {
        return Optional.empty();
    }

    /** Chat template and tokeniser, which are closed with this. */
    PromptEncoder prompts();

    /** The begin token, if the chat template does not write it and it is put in front, as the reference does. */
    default Optional<String> addedBeginToken() {
        return prompts().addedBeginToken();
    }

    /** An answer given as text, as token ids: as it stands, no special tokens, no leading space. */
    default int[] answerTokens(String text) {
        return prompts().encodeAnswer(text);
    }

    /** Token ids as text, special tokens and ids without a token skipped. */
    default String decode(int[] tokens) {
        return prompts().tokenizer().decode(tokens, true);
    }

    /** One token as printable text, a leading space kept; what a model can say without a token shows its id. */
    default String token(int id) {
        return prompts().tokenizer().token(id);
    }

    @Override
    default void close() {
        prompts().tokenizer().close();
    }
}
