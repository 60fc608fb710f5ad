package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.HeadMeans;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.model.Decoder;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
import sightline.model.LayerListener;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * Full text passes by definition: every row of every layer, its attention edges written out one by one. Shares nothing with
 * the planner.
 */
public final class FullPass {
    private final VisionLanguageModel model;
    private final ModelShape shape;
    private final Compute compute;
    private final Decoder decoder;
    private final VisionMemory seen;
    private final Layout layout;
    private final RowReading reading;
    private final int[] tokens;

    /**
     * Passes of one text. Whoever runs them holds a {@link VisionLanguageModel#use}.
     *
     * @param layout of all that is in context
     * @param tokens all that is in context
     */
    public FullPass(VisionLanguageModel model, VisionMemory seen, Layout layout, RowReading reading, int[] tokens) {
        this.model = model;
        this.shape = model.shape();
        this.compute = model.compute();
        this.decoder = model.decoder();
        this.seen = seen;
        this.layout = layout;
        this.reading = reading;
        this.tokens = tokens;
    }

    /**
     * What a layer's rows read.
     *
     * @param keys how many of the first keys any row asks
     * @param mask (rows, keys), 0 for open and −∞ for blocked; all open in rows that read a mean; null if nothing is blocked
     * @param means rows that read a mean, by the keys that it is over; without any key they read nothing
     * @param silencing which heads of which rows read something else
     */
    private record Rules(int keys, Tensor mask, Map<BitSet, List<Integer>> means, List<Act> silencing) {}

    private Rules rules(Medium medium, List<Act> acts, Masking masking) {
        List<Act> here = acts.stream().filter(act -> act.medium() == medium).toList();
        Edges edges = model.definition().edges(medium, layout, reading, here, masking);
        List<BitSet> asked = new ArrayList<>(); // by row; null where a mean is read
        Map<BitSet, List<Integer>> means = new LinkedHashMap<>();
        int keys = 1; // an attention over nothing is none
        for (int row = 0; row < edges.open().length; row++) {
            BitSet open = set(edges.open()[row]);
            boolean asks = !edges.uniform()[row] && !open.isEmpty();
            asked.add(asks ? open : null);
            if (asks) {
                keys = Math.max(keys, open.length());
            } else {
                means.computeIfAbsent(open, same -> new ArrayList<>()).add(row);
            }
        }
        return new Rules(
                keys,
                mask(asked, keys),
                means,
                here.stream().filter(act -> act.edit() instanceof Edit.Silence).toList());
    }

    private static BitSet set(boolean[] row) {
        BitSet set = new BitSet(row.length);
        for (int key = 0; key < row.length; key++) {
            set.set(key, row[key]);
        }
        return set;
    }

    /** A row whose softmax is not asked for has an open mask, which keeps it finite. */
    private Tensor mask(List<BitSet> asked, int keys) {
        float[] mask = new float[asked.size() * keys];
        boolean any = false;
        for (int row = 0; row < asked.size(); row++) {
            for (int key = 0; key < keys && asked.get(row) != null; key++) {
                if (!asked.get(row).get(key)) {
                    mask[row * keys + key] = Float.NEGATIVE_INFINITY;
                    any = true;
                }
            }
        }
        return any ? compute.place(HostArrays.tensor(mask, asked.size(), keys), compute.matmul()) : null;
    }

    /**
     * The states behind the last layer (rows, hidden), owned by the current scope.
     *
     * @param acts what is changed in each layer; acts of another medium than the layer's change nothing there
     */
    public Tensor run(IntFunction<List<Act>> acts, Masking masking) {
        return run(acts, masking, LayerListener.NONE, LayerListener.NONE);
    }

    /**
     * The same, while somebody listens.
     *
     * @param states hears the states behind each layer
     * @param attended hears what each layer's heads read (rows, heads · size), before the output projection; it belongs to the
     *     layer's scope
     */
    Tensor run(IntFunction<List<Act>> acts, Masking masking, LayerListener states, LayerListener attended) {
        Map<Medium, Map<List<Act>, Rules>> known = new EnumMap<>(Medium.class);
        try (Scope pass = Scope.open()) {
            int[] rows = IntStream.range(0, tokens.length).toArray();
            Rotation rotation = decoder.rotation(0, tokens.length);
            Tensor mlpFactor = mlpFactor();
            Tensor x = decoder.embed(tokens, rows, seen);
            states.after(-1, x);
            for (int layer = 0; layer < shape.layers(); layer++) {
                Medium medium = shape.medium(layer);
                Rules rules = known.computeIfAbsent(medium, one -> new HashMap<>())
                        .computeIfAbsent(acts.apply(layer), here -> rules(medium, here, masking)); // for all layers
                try (Scope scope = Scope.open()) {
                    x = scope.keep(
                            medium == Medium.IMAGE
                                    ? readImage(layer, x, rules, mlpFactor, attended)
                                    : readText(layer, x, rotation, rules, attended));
                }
                states.after(layer, x);
            }
            return pass.keep(x);
        }
    }

    private Tensor readText(int layer, Tensor x, Rotation rotation, Rules rules, LayerListener heard) {
        TextBlock block = decoder.textBlock(layer);
        Tensor normed = block.norm(x);
        // (rows, groups, size) -> (groups, rows, size)
        Tensor keys = block.keys(normed, rotation).transpose(0, 1).contiguous();
        Tensor values = block.values(normed).transpose(0, 1).contiguous();
        Tensor attended = attended(layer, block.queries(normed, rotation), keys, values, rules);
        heard.after(layer, attended);
        return block.finish(x, attended);
    }

    private Tensor readImage(int layer, Tensor x, Rules rules, Tensor mlpFactor, LayerListener heard) {
        ImageBlock block = decoder.imageBlock(layer);
        ImageKeys image = block.keys(seen);
        Tensor attended = attended(layer, block.queries(x), image.keys(), image.values(), rules);
        heard.after(layer, attended);
        return block.finish(x, attended, mlpFactor);
    }

    /** (rows, 1): 0 where the output of an image layer's MLP counts as 0. */
    private Tensor mlpFactor() {
        float[] factor = new float[tokens.length];
        for (int row = 0; row < tokens.length; row++) {
            factor[row] = model.definition().dropsImageMlp(row, layout, reading) ? 0 : 1;
        }
        return compute.place(HostArrays.tensor(factor, tokens.length, 1), compute.matmul());
    }

    /** queries (rows, heads, size), keys and values (groups, keys, size) -> (rows, heads · size) */
    private Tensor attended(int layer, Tensor queries, Tensor keys, Tensor values, Rules rules) {
        Tensor attended = Attention.attend(
                queries, keys.narrow(1, 0, rules.keys()), values.narrow(1, 0, rules.keys()), rules.mask(), compute);
        rules.means().forEach((open, list) -> {
            int[] rows = list.stream().mapToInt(Integer::intValue).toArray();
            Tensor mean = mean(values, open.stream().toArray(), queries.size(1));
            Ops.replaceRows(attended, rows, mean.expand(rows.length, mean.size(1)));
        });
        for (Act act : rules.silencing()) {
            silence(layer, attended, act);
        }
        return attended;
    }

    /** The mean of these keys' values as every head reads it, 0 if there are none: (1, heads · size). */
    private Tensor mean(Tensor values, int[] keys, long heads) {
        Tensor wide = values.transpose(0, 1).to(compute.accurate().scalarType()).contiguous(); // (keys, groups, size)
        Tensor mean = Ops.rows(wide, keys).sum(0).div_(new Scalar(Math.max(1.0, keys.length)));
        return Ops.perHead(mean, heads / mean.size(0)).to(compute.matmul().scalarType());
    }

    private void silence(int layer, Tensor attended, Act act) {
        Edit.Silence edit = (Edit.Silence) act.edit();
        BitSet rows = layout.rows(act.targets());
        int size = shape.headSize();
        int width = shape.heads() * size;
        float[] factor = new float[tokens.length * width];
        float[] instead = new float[factor.length];
        Arrays.fill(factor, 1);
        int firstReadOut = layout.promptRoles().length - 1;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            int start = row * width;
            int answerToken = Math.max(0, row - firstReadOut);
            edit.heads().stream().forEach(head -> {
                for (int channel = head * size; channel < (head + 1) * size; channel++) {
                    factor[start + channel] = 0;
                    instead[start + channel] =
                            edit.means().isEmpty() ? 0 : mean(edit.means().get(), answerToken, layer, channel);
                }
            });
        }
        attended.mul_(compute.place(HostArrays.tensor(factor, tokens.length, width), compute.matmul()))
                .add_(compute.place(HostArrays.tensor(instead, tokens.length, width), compute.matmul()));
    }

    private static float mean(HeadMeans means, int answerToken, int layer, int channel) {
        float[][][] values = means.values();
        return values[Math.min(answerToken, values.length - 1)][layer][channel];
    }
}
