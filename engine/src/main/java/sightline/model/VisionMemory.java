package sightline.model;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.PictureTokens;

/**
 * One picture as a decoder reads it, made once by {@link VisionLanguageModel#see} and reused for all its questions. The
 * caller closes it; use after that is an IllegalStateException.
 */
public interface VisionMemory extends AutoCloseable {
    /** The picture's tokens, by number. */
    PictureTokens tokens();

    /**
     * The first rows of its questions, those that all questions have in common. Made when they are first asked for, and kept.
     *
     * @param tokens of these rows
     * @param pass runs them through the layers, and gives each tensor of its result to what keeps it
     * @throws IllegalStateException if the memory is closed
     */
    KnownRows firstRows(int[] tokens, Function<UnaryOperator<Tensor>, KnownRows> pass);

    /** Native bytes held. */
    long bytes();

    /** Frees the native memory, once no sweep reads it any more. Closing twice is harmless. */
    @Override
    void close();
}
