package sightline.mllama;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.llama.RotaryEmbedding;
import sightline.llama.SelfAttentionLayer;
import sightline.model.Decoder;
import sightline.model.ImageBlock;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionMemory;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/** Mllama's decoder: self-attention layers read text rows up to themselves, cross-attention layers read the picture. */
final class MllamaDecoder implements Decoder {
    private final TextConfig config;
    private final Compute compute;
    private final Tensor embedding;
    private final Map<Integer, SelfAttentionLayer> selfLayers = new LinkedHashMap<>();
    private final Map<Integer, CrossAttentionLayer> crossLayers = new LinkedHashMap<>();
    private final RotaryEmbedding rotary;
    private final Tensor finalNorm;
    private final Linear head;

    MllamaDecoder(Weights weights, TextConfig config) {
        this.config = config;
        this.compute = weights.compute();
        embedding = weights.table("language_model.model.embed_tokens.weight");
        rotary = new RotaryEmbedding(config.llama(), weights);
        for (int layer = 0; layer < config.llama().layers(); layer++) {
            String prefix = "language_model.model.layers." + layer;
            if (config.isCrossAttention(layer)) {
                crossLayers.put(layer, new CrossAttentionLayer(weights, prefix, layer, config.llama()));
            } else {
                selfLayers.put(layer, new SelfAttentionLayer(weights, prefix, config.llama()));
            }
        }
        finalNorm = weights.vector("language_model.model.norm.weight");
        head = weights.linear("language_model.lm_head", false);
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
        return rotary.at(first, count);
    }

    @Override
    public Tensor embed(int[] ids, int[] rows, VisionMemory seen) {
        return compute.place(Ops.rows(embedding, ids));
    }

    @Override
    public Tensor logits(Tensor x) {
        Tensor normed = Ops.rmsNorm(x, finalNorm, config.llama().rmsNormEps(), compute);
        return head.apply(normed).to(compute.accurate().scalarType());
    }
}
