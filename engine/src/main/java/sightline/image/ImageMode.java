package sightline.image;

import java.util.Locale;

/** What LLaVA-1.5 does with a picture that is no square. */
public enum ImageMode {
    /** Its middle is seen, as the Hugging Face checkpoints have it. */
    CROP,
    /** It is put into a square of its longer side, as in the original code. */
    PAD;

    /** The name used on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
