package sightline.mllama;

import org.bytedeco.pytorch.Tensor;
import sightline.knockout.PictureTokens;
import sightline.llama.LlamaConfig;
import sightline.model.ImageKeys;
import sightline.model.OwnedMemory;
import sightline.tensor.Compute;
import sightline.tensor.Ops;

/** One picture as Mllama's decoder reads it: per cross-attention layer the keys and values of all vision tokens. */
final class ImageMemory extends OwnedMemory {
    private final ImageKeys[] layers;
    private final Compute compute;

    ImageMemory(MllamaDecoder reader, int layers, PictureTokens tokens, Compute compute) {
        super(reader, tokens);
        this.layers = new ImageKeys[layers];
        this.compute = compute;
    }

    /** Takes in what a layer will read. keys, values (groups, tokens, size). */
    void remember(int layer, Tensor keys, Tensor values, LlamaConfig config) {
        Tensor mean = values.to(compute.accurate().scalarType()).mean(1); // (groups, size)
        Tensor perHead = Ops.perHead(mean, config.headsPerKeyValueHead())
                .to(compute.matmul().scalarType());
        layers[layer] = new ImageKeys(owner().own(keys), owner().own(values), owner().own(perHead), compute);
    }

    /** What rows can read in a layer. */
    ImageKeys keys(int layer) {
        owner().requireOpen();
        return layers[layer];
    }
}
