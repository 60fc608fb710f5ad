package sightline.model;

import java.util.Objects;
import sightline.image.ImageTiles;
import sightline.text.EncodedPrompt;

/**
 * One question about one picture, as the model reads it.
 *
 * @param picture the picture's tiles and aspect-ratio id
 * @param prompt the token ids with their roles; rows from the image token on see the picture's tiles
 */
public record ModelInputs(ImageTiles picture, EncodedPrompt prompt) {
    public ModelInputs {
        Objects.requireNonNull(picture);
        Objects.requireNonNull(prompt);
    }
}
