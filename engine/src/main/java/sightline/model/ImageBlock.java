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

    /** What each of the layer's two branches adds to rows whose MLP counts; the layer's output is x + attention + mlp. */
    Branches branches(Tensor x, Tensor attended);

    /**
     * What a layer adds, gates included.
     *
     * @param attention (rows, hidden)
     * @param mlp (rows, hidden)
     * @param attentionGate the factor of the attention's output: tanh of its gate
     * @param mlpGate the same of the MLP's
     */
    record Branches(Tensor attention, Tensor mlp, double attentionGate, double mlpGate) {}
}
