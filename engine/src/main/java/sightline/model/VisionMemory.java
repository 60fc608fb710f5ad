package sightline.model;

import sightline.knockout.PictureTokens;

/**
 * One picture as a decoder reads it, made once by {@link VisionLanguageModel#see} and reused for all its questions. The
 * caller closes it; use after that is an IllegalStateException.
 */
public interface VisionMemory extends AutoCloseable {
    /** The picture's tokens, by number. */
    PictureTokens tokens();

    /** Native bytes held. */
    long bytes();

    /** Frees the native memory, once no sweep reads it any more. Closing twice is harmless. */
    @Override
    void close();
}
