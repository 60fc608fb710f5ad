package sightline.mllama;

import org.bytedeco.pytorch.Tensor;
import sightline.knockout.PictureTokens;
import sightline.llama.LlamaConfig;
import sightline.model.ImageKeys;
import sightline.model.VisionMemory;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.TensorOwner;

/** One picture as Mllama's decoder reads it: per cross-attention layer the keys and values of all vision tokens. */
final class ImageMemory implements VisionMemory {
    private final ImageKeys[] layers;
    private final TensorOwner owner = new TensorOwner("the vision memory");
    private final Compute compute;
    private final PictureTokens tokens;

    /** Whose weights made this memory: no other model can read it. */
    private final MllamaDecoder reader;

    ImageMemory(MllamaDecoder reader, int layers, PictureTokens tokens, Compute compute) {
        this.reader = reader;
        this.layers = new ImageKeys[layers];
        this.tokens = tokens;
        this.compute = compute;
    }

    /** Takes in what a layer will read. keys, values (groups, tokens, size). */
    void remember(int layer, Tensor keys, Tensor values, LlamaConfig config) {
        Tensor mean = values.to(compute.accurate().scalarType()).mean(1); // (groups, size)
        Tensor perHead = Ops.perHead(mean, config.headsPerKeyValueHead())
                .to(compute.matmul().scalarType());
        layers[layer] = new ImageKeys(owner.own(keys), owner.own(values), owner.own(perHead), compute);
    }

    /** What rows can read in a layer. */
    ImageKeys keys(int layer) {
        owner.requireOpen();
        return layers[layer];
    }

    @Override
    public PictureTokens tokens() {
        return tokens;
    }

    @Override
    public long bytes() {
        return owner.bytes();
    }

    /**
     * Keeps the native memory from being freed until the result is closed.
     *
     * @throws IllegalStateException after {@link #close()}
     * @throws IllegalArgumentException if another model made it
     */
    TensorOwner.Use useBy(MllamaDecoder decoder) {
        if (decoder != reader) {
            throw new IllegalArgumentException("the vision memory was made by another model");
        }
        return owner.use();
    }

    @Override
    public void close() {
        owner.close();
    }
}
