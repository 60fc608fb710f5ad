package sightline.model;

import java.util.List;
import java.util.function.Consumer;
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
     * The states of the first rows of its questions behind each layer but the last, each (rows, hidden): those that all
     * questions have in common. Made when they are first asked for, and kept.
     *
     * @param tokens of these rows
     * @param pass runs them through the layers, and has each heard whose states are to be kept
     * @throws IllegalStateException if the memory is closed
     */
    List<Tensor> firstRows(int[] tokens, Consumer<LayerListener> pass);

    /** Native bytes held. */
    long bytes();

    /** Frees the native memory, once no sweep reads it any more. Closing twice is harmless. */
    @Override
    void close();
}
