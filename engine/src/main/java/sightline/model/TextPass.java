package sightline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.plan.FamilyRules;
import sightline.plan.RowView;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.DeviceBlock;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;
import sightline.text.EncodedPrompt;

/** Plain passes of a text through all layers, with nothing cut: what answering needs. */
final class TextPass implements AutoCloseable {
    private final Decoder decoder;
    private final ModelShape shape;
    private final FamilyRules rules;
    private final Compute compute;
    private final VisionMemory seen;
    private final EncodedPrompt prompt;
    private final RowReading reading;
    private final KeyValueCache cache;

    /** @param capacity the most tokens that will pass */
    TextPass(VisionLanguageModel model, EncodedPrompt prompt, VisionMemory seen, RowReading reading, int capacity) {
        this.decoder = model.decoder();
        this.shape = model.shape();
        this.rules = model.rules();
        this.compute = model.compute();
        this.prompt = prompt;
        this.seen = seen;
        this.reading = reading;
        this.cache = new KeyValueCache(shape, capacity, compute);
    }

    /** Runs all layers over the tokens that follow those that have passed: the states behind the last (rows, hidden). */
    Tensor forward(int[] ids, LayerListener listener) {
        return forward(ids, shape.layers(), listener);
    }

    private Tensor forward(int[] ids, int layers, LayerListener listener) {
        try (Scope pass = Scope.open();
                TensorOwner numbers = new TensorOwner("a pass's row numbers")) {
            int first = cache.length();
            int[] rows = IntStream.range(first, first + ids.length).toArray();
            Layout layout =
                    new Layout(prompt.roles(), Math.max(0, first + ids.length - prompt.length()), seen.tokens());
            Rotation rotation = decoder.rotation(first, rows.length);
            Tensor causal = causal(first, ids.length);
            RowView[] views = Arrays.stream(rows)
                    .mapToObj(row -> rules.uncut(Medium.IMAGE, row, layout, reading))
                    .toArray(RowView[]::new);
            int[] withoutMlp = IntStream.range(0, rows.length)
                    .filter(row -> rules.dropsImageMlp(rows[row], layout, reading))
                    .toArray();
            DeviceBlock block = new DeviceBlock();
            ImageReading ofImage =
                    new ImageReading(views, withoutMlp, seen.tokens().all(), block);
            block.place(compute, numbers);
            Tensor x = decoder.embed(ids, rows, seen);
            listener.after(-1, x);
            for (int layer = 0; layer < layers; layer++) {
                try (Scope scope = Scope.open()) {
                    x = scope.keep(
                            shape.medium(layer) == Medium.IMAGE
                                    ? readImage(layer, x, ofImage)
                                    : readText(layer, x, rotation, causal));
                }
                listener.after(layer, x);
            }
            cache.advance(ids.length);
            return pass.keep(x);
        }
    }

    /**
     * Runs the first rows of a text in which every layer reads text; of the last layer, keys and values alone.
     *
     * @param keep given all that the result holds
     */
    KnownRows known(int[] ids, UnaryOperator<Tensor> keep) {
        int last = shape.layers() - 1;
        List<Tensor> states = new ArrayList<>();
        List<Tensor> keys = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Tensor x = forward(ids, last, (layer, hidden) -> {
                if (layer >= 0) {
                    states.add(keep.apply(hidden));
                }
            });
            for (int layer = 0; layer < last; layer++) {
                keys.add(keep.apply(cache.keys(layer, 0).transpose(0, 1)));
                values.add(keep.apply(cache.values(layer, 0).transpose(0, 1)));
            }
            TextBlock block = decoder.textBlock(last);
            Tensor normed = block.norm(x);
            keys.add(keep.apply(block.keys(normed, decoder.rotation(0, ids.length))));
            values.add(keep.apply(block.values(normed)));
        }
        return new KnownRows(states, keys, values);
    }

    /**
     * Begins with rows that are known already.
     *
     * @param known the prompt's first rows
     * @return the tokens of the prompt that are still to pass
     */
    int[] behind(KnownRows known) {
        try (Scope scope = Scope.open()) {
            for (int layer = 0; layer < known.keys().size(); layer++) {
                cache.append(layer, known.keys().get(layer), known.values().get(layer));
            }
        }
        cache.advance(known.count());
        int[] ids = prompt.ids();
        return Arrays.copyOfRange(ids, known.count(), ids.length);
    }

    /** The logits behind the last of these tokens: (vocabulary). */
    float[] lastLogits(int[] ids) {
        try (Scope scope = Scope.open()) {
            Tensor x = forward(ids, LayerListener.NONE);
            return HostArrays.floats(decoder.logits(x.narrow(0, ids.length - 1L, 1)));
        }
    }

    /** (rows, keys), 0 for open and −∞ for blocked: a row reads rows up to itself; null for a single row, which reads all. */
    private Tensor causal(int first, int rows) {
        if (rows == 1) {
            return null;
        }
        int keys = first + rows;
        float[] mask = new float[rows * keys];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(mask, row * keys + first + row + 1, (row + 1) * keys, Float.NEGATIVE_INFINITY);
        }
        return compute.place(HostArrays.tensor(mask, rows, keys), compute.matmul());
    }

    private Tensor readText(int layer, Tensor x, Rotation rotation, Tensor causal) {
        TextBlock block = decoder.textBlock(layer);
        Tensor normed = block.norm(x);
        Tensor queries = block.queries(normed, rotation);
        int rows = Math.toIntExact(x.size(0));
        cache.append(layer, block.keys(normed, rotation), block.values(normed));
        Tensor attended =
                Attention.attend(queries, cache.keys(layer, rows), cache.values(layer, rows), causal, compute);
        return block.finish(x, attended);
    }

    private Tensor readImage(int layer, Tensor x, ImageReading ofImage) {
        ImageBlock block = decoder.imageBlock(layer);
        Tensor queries = block.queries(x);
        Tensor attended = compute.empty(compute.matmul(), x.size(0), queries.size(1) * queries.size(2));
        ofImage.read(block.keys(seen), ofImage.asking().of(queries), attended);
        return block.finish(x, attended, ofImage.mlpFactor(0, Math.toIntExact(x.size(0))));
    }

    @Override
    public void close() {
        cache.close();
    }
}
