package sightline.model;

import org.bytedeco.pytorch.Tensor;

/** Hears the hidden states while a text passes through the layers. */
@FunctionalInterface
public interface LayerListener {
    /** Hears nothing. */
    LayerListener NONE = (layer, hidden) -> {};

    /**
     * A layer is done.
     *
     * @param layer −1 for the embeddings
     * @param hidden behind it (rows, hidden); freed when the next layer is done
     */
    void after(int layer, Tensor hidden);

    /** One that passes on what it hears to this one, then to another. */
    default LayerListener and(LayerListener other) {
        return (layer, hidden) -> {
            after(layer, hidden);
            other.after(layer, hidden);
        };
    }
}
