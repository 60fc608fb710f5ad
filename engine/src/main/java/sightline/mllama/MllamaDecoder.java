package sightline.mllama;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.llama.LlamaEnds;
import sightline.llama.SelfAttentionLayer;
import sightline.model.Decoder;
import sightline.model.ImageBlock;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionMemory;
import sightline.model.Weights;

/** Mllama's decoder: self-attention layers read text rows up to themselves, cross-attention layers read the picture. */
final class MllamaDecoder implements Decoder {
    private static final String NAMES = "language_model.model.";

    private final LlamaEnds ends;
    private final Map<Integer, SelfAttentionLayer> selfLayers = new LinkedHashMap<>();
    private final Map<Integer, CrossAttentionLayer> crossLayers = new LinkedHashMap<>();

    MllamaDecoder(Weights weights, TextConfig config) {
        ends = new LlamaEnds(weights, config.llama(), NAMES, "language_model.lm_head");
        for (int layer = 0; layer < config.llama().layers(); layer++) {
            String prefix = NAMES + "layers." + layer;
            if (config.isCrossAttention(layer)) {
                crossLayers.put(layer, new CrossAttentionLayer(weights, prefix, layer, config.llama()));
            } else {
                selfLayers.put(layer, new SelfAttentionLayer(weights, prefix, config.llama()));
            }
        }
    }

    @Override
    public TextBlock textBlock(int layer) {
        return found(selfLayers, layer, "reads the picture");
    }

    @Override
    public ImageBlock imageBlock(int layer) {
        return crossLayer(layer);
    }

    CrossAttentionLayer crossLayer(int layer) {
        return found(crossLayers, layer, "reads text");
    }

    private static <T> T found(Map<Integer, T> layers, int layer, String otherwise) {
        T found = layers.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("layer " + layer + " " + otherwise);
        }
        return found;
    }

    @Override
    public Rotation rotation(int first, int count) {
        return ends.rotation(first, count);
    }

    @Override
    public Tensor embed(int[] ids, int[] rows, VisionMemory seen) {
        return ends.embed(ids);
    }

    @Override
    public Tensor logits(Tensor x) {
        return ends.logits(x);
    }
}
