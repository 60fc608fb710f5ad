package sightline.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * The decoder: token ids in, hidden states and logits out, with attention edges cut where the caller says so.
 *
 * <p>Rows are text positions. Self-attention layers read rows up to themselves, cross-attention layers read the image.
 * Tensors handed out belong to the scope that was open when the method was called.
 */
public final class TextDecoder {
    private final TextConfig config;
    private final Compute compute;
    private final Tensor embedding;
    private final Map<Integer, SelfAttentionLayer> selfLayers = new LinkedHashMap<>();
    private final Map<Integer, CrossAttentionLayer> crossLayers = new LinkedHashMap<>();
    private final RotaryEmbedding rotary;
    private final Tensor finalNorm;
    private final Linear head;

    TextDecoder(Weights weights, TextConfig config) {
        this.config = config;
        this.compute = weights.compute();
        embedding = weights.table("language_model.model.embed_tokens.weight");
        rotary = new RotaryEmbedding(config, compute);
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "language_model.model.layers." + layer;
            if (config.isCrossAttention(layer)) {
                crossLayers.put(layer, new CrossAttentionLayer(weights, prefix, config));
            } else {
                selfLayers.put(layer, new SelfAttentionLayer(weights, prefix, config));
            }
        }
        finalNorm = weights.vector("language_model.model.norm.weight");
        head = weights.linear("language_model.lm_head", false);
    }

    /**
     * What a pass reads besides its own rows.
     *
     * @param memory the image
     * @param imagePosition text position of the image token
     * @param reading what rows before it do
     * @param cuts blocked edges
     */
    public record Context(VisionMemory memory, int imagePosition, RowReading reading, Cut.PerLayer cuts) {}

    /** Hears the hidden states: of layer −1 (the embeddings), then of each layer's output, (rows, hidden). */
    @FunctionalInterface
    interface LayerListener {
        LayerListener NONE = (layer, hidden) -> {};

        void after(int layer, Tensor hidden);
    }

    /** The layer's self-attention, or null in a cross-attention layer. */
    public SelfAttentionLayer selfAttention(int layer) {
        return selfLayers.get(layer);
    }

    /** The layer's cross-attention, or null in a self-attention layer. */
    public CrossAttentionLayer crossAttention(int layer) {
        return crossLayers.get(layer);
    }

    /** Cosines and sines for rows at these text positions. */
    public RotaryEmbedding.Rotation rotation(int[] positions) {
        return rotary.at(positions);
    }

    /** Token embeddings (ids, hidden). */
    public Tensor embed(int[] ids) {
        return compute.place(Ops.rows(embedding, ids));
    }

    /** Final norm and output head: x (rows, hidden) -> logits (rows, vocabulary) in at least float32. */
    public Tensor logits(Tensor x) {
        Tensor normed = Ops.rmsNorm(x, finalNorm, config.rmsNormEps(), compute);
        return head.apply(normed).to(compute.accurate().scalarType());
    }

    /**
     * Runs all layers over a whole sequence.
     *
     * @param ids tokens at positions 0, 1, …
     * @return hidden states after the last layer (rows, hidden)
     */
    public Tensor forward(int[] ids, Context context) {
        try (KeyValueCache cache = new KeyValueCache(config, ids.length, compute)) {
            return forward(ids, context, cache, LayerListener.NONE);
        }
    }

    /** Runs all layers over the tokens that follow those in the cache. */
    Tensor forward(int[] ids, Context context, KeyValueCache cache, LayerListener listener) {
        try (Scope pass = Scope.open()) {
            int first = cache.length();
            int[] positions = IntStream.range(first, first + ids.length).toArray();
            RotaryEmbedding.Rotation rotation = rotation(positions);
            SelfMask causal = SelfMask.of(first, ids.length, null, compute);
            Tensor x = embed(ids);
            listener.after(-1, x);
            for (int layer = 0; layer < config.layers(); layer++) {
                try (Scope scope = Scope.open()) {
                    Cut cut = cut(layer, context);
                    x = scope.keep(
                            config.isCrossAttention(layer)
                                    ? crossAttend(layer, x, positions, context, cut)
                                    : selfAttend(layer, x, positions, rotation, causal, cut, cache));
                }
                listener.after(layer, x);
            }
            cache.advance(ids.length);
            return pass.keep(x);
        }
    }

    private Cut cut(int layer, Context context) {
        Cut cut = context.cuts().at(layer);
        Medium medium = config.isCrossAttention(layer) ? Medium.CROSS_ATTENTION : Medium.SELF_ATTENTION;
        if (cut != null && cut.medium() != medium) { // its sources would be taken for something else
            throw new IllegalArgumentException(
                    "a cut of " + cut.medium() + " in layer " + layer + ", which is " + medium);
        }
        return cut;
    }

    private Tensor selfAttend(
            int layer,
            Tensor x,
            int[] positions,
            RotaryEmbedding.Rotation rotation,
            SelfMask causal,
            Cut cut,
            KeyValueCache cache) {
        SelfAttentionLayer block = selfLayers.get(layer);
        SelfAttentionLayer.Projection projected = block.project(x, rotation);
        cache.append(layer, projected.keys(), projected.values());
        Tensor keys = cache.keys(layer, positions.length);
        Tensor values = cache.values(layer, positions.length);
        SelfMask mask = cut == null ? causal : SelfMask.of(positions[0], positions.length, cut, compute);
        Tensor attended = Attention.attend(projected.queries(), keys, values, mask.additive(), compute);
        for (int row : mask.emptied()) {
            Tensor whole = cut.masking() == Masking.ZERO
                    ? Ops.zerosLike(attended.narrow(0, row, 1))
                    : meanUpTo(values, positions[row]);
            Ops.replaceRows(attended, new int[] {row}, whole);
        }
        return block.finish(x, attended);
    }

    /** The mean value over positions 0 … last as every head reads it: (1, heads · size). */
    private Tensor meanUpTo(Tensor values, int last) {
        Tensor mean = values.narrow(1, 0, last + 1L)
                .to(compute.accurate().scalarType())
                .mean(1);
        return Ops.perHead(mean, config.heads() / config.keyValueHeads())
                .to(compute.matmul().scalarType());
    }

    private Tensor crossAttend(int layer, Tensor x, int[] positions, Context context, Cut cut) {
        CrossAttentionLayer block = crossLayers.get(layer);
        CrossView[] views = new CrossView[positions.length];
        for (int row = 0; row < views.length; row++) {
            views[row] = CrossView.of(
                    positions[row],
                    context.imagePosition(),
                    context.reading(),
                    cut,
                    context.memory().validTokens(),
                    context.memory().allTokens());
        }
        Tensor attended = context.memory().read(layer, block.queries(x), views);
        return block.finish(x, attended, mlpFactor(positions, context));
    }

    /** (rows, 1): 0 in rows whose MLP output cross-attention layers drop; null if there are none. */
    public Tensor mlpFactor(int[] positions, Context context) {
        if (!context.reading().dropsMlp() || Arrays.stream(positions).noneMatch(p -> p < context.imagePosition())) {
            return null;
        }
        float[] factor = new float[positions.length];
        for (int row = 0; row < factor.length; row++) {
            factor[row] = positions[row] < context.imagePosition() ? 0 : 1;
        }
        return compute.place(sightline.tensor.Arrays.tensor(factor, factor.length, 1), compute.matmul());
    }
}
