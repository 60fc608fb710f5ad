package sightline.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.tensor.Arrays;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.TensorOwner;

/**
 * One image as the decoder reads it: per cross-attention layer the keys and values of all vision tokens, and their mean.
 * Made once per image by {@link Mllama#see}, reused for all its questions. The caller closes it.
 *
 * <p>Vision tokens are numbered tile · tokens per tile + token; the valid tiles come first.
 */
public final class VisionMemory implements AutoCloseable {
    /** One layer: keys, values (groups, tokens, size); mean (1, heads · size), the mean value as every head reads it. */
    private record Layer(Tensor keys, Tensor values, Tensor mean) {}

    private final Layer[] layers;
    private final TensorOwner owner = new TensorOwner("the vision memory");
    private final Compute compute;
    private final int validTokens;
    private final int allTokens;

    /** Whose weights made this memory: no other model can read it. */
    private final TextDecoder reader;

    VisionMemory(TextDecoder reader, int layers, int validTokens, int allTokens, Compute compute) {
        this.reader = reader;
        this.layers = new Layer[layers];
        this.validTokens = validTokens;
        this.allTokens = allTokens;
        this.compute = compute;
    }

    /** Takes in what a layer will read. keys, values (groups, tokens, size). */
    void remember(int layer, Tensor keys, Tensor values, TextConfig config) {
        long perGroup = config.heads() / config.keyValueHeads();
        layers[layer] = new Layer(owner.own(keys), owner.own(values), owner.own(mean(values, perGroup)));
    }

    private Tensor mean(Tensor values, long perGroup) {
        Tensor mean = values.to(compute.accurate().scalarType()).mean(1); // (groups, size)
        return Ops.perHead(mean, perGroup).to(compute.matmul().scalarType());
    }

    /** Vision tokens of valid tiles: those that an image row sees. */
    public int validTokens() {
        return validTokens;
    }

    /** Vision tokens of all tiles, padding tiles included. */
    public int allTokens() {
        return allTokens;
    }

    /** Native bytes held. */
    public long bytes() {
        return owner.bytes();
    }

    /**
     * What each row reads.
     *
     * @param layer decoder layer
     * @param queries (rows, heads, size)
     * @param views one per row
     * @return (rows, heads · size)
     */
    public Tensor read(int layer, Tensor queries, CrossView[] views) {
        Map<CrossView, List<Integer>> rowsOf = new LinkedHashMap<>();
        for (int row = 0; row < views.length; row++) {
            rowsOf.computeIfAbsent(views[row], view -> new ArrayList<>()).add(row);
        }
        if (rowsOf.size() == 1) {
            return read(layer, queries, views[0]);
        }
        Tensor result = compute.empty(compute.matmul(), queries.size(0), queries.size(1) * queries.size(2));
        rowsOf.forEach((view, list) -> {
            int[] rows = list.stream().mapToInt(Integer::intValue).toArray();
            Ops.replaceRows(result, rows, read(layer, Ops.rows(queries, rows), view));
        });
        return result;
    }

    /**
     * What rows that share a view read.
     *
     * @param layer decoder layer
     * @param queries (rows, heads, size)
     * @return (rows, heads · size)
     */
    public Tensor read(int layer, Tensor queries, CrossView view) {
        owner.requireOpen();
        Layer memory = layers[layer];
        return switch (view.pattern()) {
            case VALID_TILES -> softmax(memory, queries, validTokens, view.blocked());
            case ALL_TILES -> softmax(memory, queries, allTokens, view.blocked());
            case MEAN, NOTHING -> constant(layer, view).expand(queries.size(0), queries.size(1) * queries.size(2));
        };
    }

    /** What every row reads whose view does not ask its query, a mean or nothing: (1, heads · size). */
    public Tensor constant(int layer, CrossView view) {
        owner.requireOpen();
        Layer memory = layers[layer];
        if (view.asks()) {
            throw new IllegalArgumentException(view + " depends on the query");
        }
        if (view.pattern() == CrossView.Pattern.NOTHING) {
            return Ops.zerosLike(memory.mean());
        }
        return view.blocked() == null ? memory.mean() : meanOfRest(memory, view.blocked());
    }

    private Tensor softmax(Layer memory, Tensor queries, int tokens, BitSet blocked) {
        Tensor mask = null;
        if (blocked != null) {
            float[] open = new float[tokens];
            blocked.get(0, tokens).stream().forEach(token -> open[token] = Float.NEGATIVE_INFINITY);
            mask = compute.place(Arrays.tensor(open, 1, tokens), compute.accurate())
                    .expand(queries.size(0), tokens);
        }
        return Attention.attend(
                queries, memory.keys().narrow(1, 0, tokens), memory.values().narrow(1, 0, tokens), mask, compute);
    }

    private Tensor meanOfRest(Layer memory, BitSet blocked) {
        float[] open = new float[allTokens];
        java.util.Arrays.fill(open, 1);
        blocked.get(0, allTokens).stream().forEach(token -> open[token] = 0);
        int left = allTokens - blocked.get(0, allTokens).cardinality();
        Tensor weights = compute.place(Arrays.tensor(open, 1, allTokens, 1), compute.accurate());
        Tensor mean = memory.values()
                .to(compute.accurate().scalarType())
                .mul(weights)
                .sum(1)
                .div_(new Scalar((double) left));
        return Ops.perHead(mean, memory.mean().numel() / mean.numel())
                .to(compute.matmul().scalarType());
    }

    /**
     * Keeps the native memory from being freed until the result is closed.
     *
     * @throws IllegalStateException after {@link #close()}
     * @throws IllegalArgumentException if another model made it
     */
    TensorOwner.Use useBy(TextDecoder decoder) {
        if (decoder != reader) {
            throw new IllegalArgumentException("the vision memory was made by another model");
        }
        return owner.use();
    }

    /** Frees the native memory, once no sweep reads it any more. Closing twice is harmless; use after close is an IllegalStateException. */
    @Override
    public void close() {
        owner.close();
    }
}
