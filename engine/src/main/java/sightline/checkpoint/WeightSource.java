package sightline.checkpoint;

import org.bytedeco.pytorch.Tensor;

/** Where a model's weights come from. Owns what it hands out. */
public interface WeightSource extends AutoCloseable {
    /** All sizes of the model. */
    ModelConfig config();

    /**
     * A weight as it is stored. Asking twice gives the same object, valid until {@link #close()}.
     *
     * @param publishedName as in {@link ModelConfig#weights()}
     * @throws IllegalArgumentException if the model has no such weight
     */
    Tensor weight(String publishedName);

    @Override
    void close();
}
