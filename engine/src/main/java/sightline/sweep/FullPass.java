package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.model.Decoder;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
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

    /** What a layer's rows read, and which heads of which rows count as 0. */
    private record Rules(Edges edges, List<Act> silencing) {}

    private Rules rules(Medium medium, List<Act> acts, Masking masking) {
        List<Act> here = acts.stream().filter(act -> act.medium() == medium).toList();
        return new Rules(
                model.definition().edges(medium, layout, reading, here, masking),
                here.stream().filter(act -> act.edit() instanceof Edit.Silence).toList());
    }

    /**
     * The states behind the last layer (rows, hidden), owned by the current scope.
     *
     * @param acts what is changed in each layer; acts of another medium than the layer's change nothing there
     */
    public Tensor run(IntFunction<List<Act>> acts, Masking masking) {
        Map<Medium, Map<List<Act>, Rules>> known = new EnumMap<>(Medium.class);
        try (Scope pass = Scope.open()) {
            int[] rows = IntStream.range(0, tokens.length).toArray();
            Rotation rotation = decoder.rotation(rows);
            Tensor x = decoder.embed(tokens, rows, seen);
            for (int layer = 0; layer < shape.layers(); layer++) {
                try (Scope scope = Scope.open()) {
                    Medium medium = shape.medium(layer);
                    Rules rules = known.computeIfAbsent(medium, one -> new HashMap<>())
                            .computeIfAbsent(acts.apply(layer), here -> rules(medium, here, masking));
                    x = scope.keep(
                            medium == Medium.IMAGE ? readImage(layer, x, rules) : readText(layer, x, rotation, rules));
                }
            }
            return pass.keep(x);
        }
    }

    private Tensor readText(int layer, Tensor x, Rotation rotation, Rules rules) {
        TextBlock block = decoder.textBlock(layer);
        Tensor normed = block.norm(x);
        // (rows, groups, size) -> (groups, rows, size)
        Tensor keys = block.keys(normed, rotation).transpose(0, 1).contiguous();
        Tensor values = block.values(normed).transpose(0, 1).contiguous();
        return block.finish(x, attended(block.queries(normed, rotation), keys, values, rules));
    }

    private Tensor readImage(int layer, Tensor x, Rules rules) {
        ImageBlock block = decoder.imageBlock(layer);
        ImageKeys image = block.keys(seen);
        int[] withoutMlp = IntStream.range(0, tokens.length)
                .filter(row -> model.definition().dropsImageMlp(row, layout, reading))
                .toArray();
        return block.finish(x, attended(block.queries(x), image.keys(), image.values(), rules), withoutMlp);
    }

    /** queries (rows, heads, size), keys and values (groups, keys, size) -> (rows, heads · size) */
    private Tensor attended(Tensor queries, Tensor keys, Tensor values, Rules rules) {
        boolean[][] open = rules.edges().open();
        boolean[] uniform = rules.edges().uniform();
        int width = Math.toIntExact(keys.size(1));
        float[] mask = new float[open.length * width];
        List<Integer> replaced = new ArrayList<>();
        for (int row = 0; row < open.length; row++) {
            boolean any = false;
            for (int key = 0; key < width; key++) {
                any |= open[row][key];
            }
            if (uniform[row] || !any) {
                replaced.add(row); // its softmax is not asked for; an open mask keeps it finite
            } else {
                for (int key = 0; key < width; key++) {
                    mask[row * width + key] = open[row][key] ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
        }
        Tensor additive = compute.place(HostArrays.tensor(mask, open.length, width), compute.matmul());
        Tensor attended = Attention.attend(queries, keys, values, additive, compute);
        for (int row : replaced) {
            Ops.replaceRows(attended, new int[] {row}, mean(values, open[row], queries.size(1)));
        }
        for (Act act : rules.silencing()) {
            silence(attended, act);
        }
        return attended;
    }

    /** The mean of the open keys' values as every head reads it, 0 if none is open: (1, heads · size). */
    private Tensor mean(Tensor values, boolean[] open, long heads) {
        int[] keys = IntStream.range(0, open.length).filter(key -> open[key]).toArray();
        Tensor sum = values.transpose(0, 1).to(compute.accurate().scalarType()); // (keys, groups, size)
        sum = Ops.rows(sum.contiguous(), keys).sum(0).div_(new Scalar(Math.max(1.0, keys.length)));
        return Ops.perHead(sum, heads / sum.size(0)).to(compute.matmul().scalarType());
    }

    private void silence(Tensor attended, Act act) {
        BitSet heads = ((Edit.Silence) act.edit()).heads();
        BitSet rows = layout.rows(act.targets());
        float[] factor = new float[tokens.length * shape.heads()];
        Arrays.fill(factor, 1);
        rows.stream().forEach(row -> heads.stream().forEach(head -> factor[row * shape.heads() + head] = 0));
        attended.view(tokens.length, shape.heads(), shape.headSize())
                .mul_(compute.place(HostArrays.tensor(factor, tokens.length, shape.heads(), 1), compute.matmul()));
    }
}
