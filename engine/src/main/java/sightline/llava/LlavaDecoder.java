package sightline.llava;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.llama.LlamaConfig;
import sightline.llama.LlamaEnds;
import sightline.llama.SelfAttentionLayer;
import sightline.model.Decoder;
import sightline.model.ImageBlock;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionMemory;
import sightline.model.Weights;
import sightline.tensor.Ops;

/** LLaVA's decoder: a Llama in which the picture's rows take the places of the image tokens. */
final class LlavaDecoder implements Decoder {
    private final LlamaEnds ends;
    private final int imageToken;
    private final List<SelfAttentionLayer> layers = new ArrayList<>();

    LlavaDecoder(Weights weights, LlamaConfig config, int imageToken) {
        this.imageToken = imageToken;
        ends = new LlamaEnds(weights, config, LlavaWeights.DECODER, LlavaWeights.HEAD);
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(new SelfAttentionLayer(weights, LlavaWeights.DECODER + "layers." + layer, config));
        }
    }

    /**
     * Takes image tokens from the picture, in their order.
     *
     * @throws IllegalArgumentException if only some of the image tokens are there, or more than the picture has
     */
    @Override
    public Tensor embed(int[] ids, int[] rows, VisionMemory seen) {
        Tensor x = ends.embed(ids);
        int[] image = IntStream.range(0, ids.length)
                .filter(row -> ids[row] == imageToken)
                .toArray();
        if (image.length == 0) {
            return x;
        }
        Tensor picture = ((LlavaMemory) seen).rows();
        if (image.length != picture.size(0)) {
            throw new IllegalArgumentException(
                    image.length + " image tokens for a picture of " + picture.size(0) + " rows");
        }
        return Ops.replaceRows(x, image, picture);
    }

    @Override
    public Rotation rotation(int first, int count) {
        return ends.rotation(first, count);
    }

    @Override
    public TextBlock textBlock(int layer) {
        return layers.get(layer);
    }

    @Override
    public ImageBlock imageBlock(int layer) {
        throw new IllegalArgumentException("layer " + layer + " reads text");
    }

    @Override
    public Tensor logits(Tensor x) {
        return ends.logits(x);
    }
}
