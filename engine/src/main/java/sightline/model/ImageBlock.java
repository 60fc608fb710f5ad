package sightline.model;

import org.bytedeco.pytorch.Tensor;

/** A decoder layer whose rows read the picture. Split like {@link TextBlock}. */
public interface ImageBlock {
    /** x (rows, hidden) -> queries (rows, heads, size). */
    Tensor queries(Tensor x);

    /**
     * What rows can read of a picture in this layer.
     *
     * @throws IllegalStateException if the memory is closed
     */
    ImageKeys keys(VisionMemory seen);

    /**
     * The layer's output.
     *
     * @param x (rows, hidden)
     * @param attended (rows, heads · size)
     * @param mlpFactor (rows, 1), 0 where a row's MLP output counts as 0, otherwise 1; null if all count
     */
    Tensor finish(Tensor x, Tensor attended, Tensor mlpFactor);
}
