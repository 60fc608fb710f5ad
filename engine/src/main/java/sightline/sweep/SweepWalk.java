package sightline.sweep;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.SweepRequest;
import sightline.model.Decoder;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.LayerPlan;
import sightline.plan.RowView;
import sightline.plan.SweepPlan;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * One walk over the layers, computing every state of a plan. At each layer the rows of all variants form one matrix, so
 * each weight is read once; only attention looks at groups of rows that read the same rows below.
 */
final class SweepWalk {
    /** Numbers that an MLP holds at once, about: beyond, its activations leave the cache between two operations. */
    private static final int MLP_NUMBERS = 8 << 20;

    /** Rows that pass through an MLP at once at least: with fewer, reading its weights begins to cost. */
    private static final int LEAST_BLOCK = 512;

    private final ModelShape shape;
    private final Compute compute;
    private final Decoder decoder;
    private final VisionMemory seen;
    private final SweepPlan plan;
    private final int[] tokens;

    SweepWalk(VisionLanguageModel model, SweepRequest request, VisionMemory seen, SweepPlan plan) {
        this.shape = model.shape();
        this.compute = model.compute();
        this.decoder = model.decoder();
        this.seen = seen;
        this.plan = plan;
        this.tokens = request.tokens(request.answer().length - 1);
    }

    /** Native bytes that a walk takes at its widest layer, about. */
    static long bytes(SweepPlan plan, Compute compute) {
        ModelShape shape = plan.shape();
        long rows = plan.widest();
        long states = rows * shape.hidden() * 8L; // two layers' states, norms, projections, attention's output
        long mlp = Math.min(rows, block(shape)) * shape.intermediate() * 3L;
        return (states + mlp)
                * Math.max(compute.dtype().bytes(), compute.matmul().bytes());
    }

    /**
     * Rows that pass through an MLP at once. Nearly all blocks of a walk thus have one shape, which the engine prepares for
     * once.
     */
    private static int block(ModelShape shape) {
        return Math.max(LEAST_BLOCK, Integer.highestOneBit(MLP_NUMBERS / shape.intermediate()));
    }

    /**
     * The states behind the last layer (states, hidden), owned by the current scope.
     *
     * @param computed hears how many states each layer has computed, layer by layer
     */
    Tensor run(IntConsumer computed) {
        try (Scope walk = Scope.open()) {
            Rotation rotation =
                    decoder.rotation(IntStream.range(0, tokens.length).toArray());
            int[] rows = plan.embeddings();
            Tensor x = decoder.embed(pick(tokens, rows), rows, seen);
            for (int layer = 0; layer < shape.layers(); layer++) {
                LayerPlan planned = plan.layers().get(layer);
                Tensor below = x;
                try (Scope scope = Scope.open()) {
                    x = scope.keep(
                            planned.medium() == Medium.IMAGE
                                    ? readImage(layer, planned, below)
                                    : readText(layer, planned, below, rotation, rows));
                }
                below.close();
                rows = planned.rows();
                computed.accept(Math.toIntExact(x.size(0)));
            }
            return walk.keep(x);
        }
    }

    private Tensor readText(int layer, LayerPlan planned, Tensor below, Rotation rotation, int[] rowsBelow) {
        TextBlock block = decoder.textBlock(layer);
        Tensor attended;
        try (Scope scope = Scope.open()) {
            Tensor normed = block.norm(below);
            int[] queried = planned.queried();
            GroupAttention attention = new GroupAttention(
                    planned,
                    queried,
                    block.queries(some(normed, queried), rotation.rows(pick(rowsBelow, queried))),
                    block.keys(normed, rotation.rows(rowsBelow)),
                    block.values(normed),
                    compute);
            attended = scope.keep(attention.attended());
            SilencedHeads.zero(attended, planned.views(), shape.headSize());
        }
        return inBlocks(planned, below, (x, first, rows) -> block.finish(x, attended.narrow(0, first, rows)));
    }

    private Tensor readImage(int layer, LayerPlan planned, Tensor below) {
        ImageBlock block = decoder.imageBlock(layer);
        ImageKeys keys = block.keys(seen);
        int width = shape.heads() * shape.headSize();
        Tensor attended = compute.empty(compute.matmul(), planned.size(), width);
        try (Scope scope = Scope.open()) {
            int[] asking = planned.asking();
            if (asking.length > 0) {
                RowView[] views = Arrays.stream(asking)
                        .mapToObj(state -> planned.views()[state])
                        .toArray(RowView[]::new);
                Tensor queries = block.queries(some(below, pick(planned.source(), asking)));
                Ops.replaceRows(attended, asking, keys.read(queries, views));
            }
            planned.constant()
                    .forEach((view, states) -> Ops.replaceRows(
                            attended, states, keys.constant(view).expand(states.length, width)));
            SilencedHeads.zero(attended, planned.views(), shape.headSize());
        }
        return inBlocks(
                planned,
                below,
                (x, first, rows) ->
                        block.finish(x, attended.narrow(0, first, rows), within(planned.withoutMlp(), first, rows)));
    }

    /** The numbers of first … first + count − 1, counted from first. */
    private static int[] within(int[] numbers, int first, int count) {
        return Arrays.stream(numbers)
                .filter(number -> number >= first && number < first + count)
                .map(number -> number - first)
                .toArray();
    }

    /** What comes after attention, for some of a layer's rows. */
    private interface Finish {
        Tensor apply(Tensor x, int first, int rows);
    }

    private Tensor inBlocks(LayerPlan planned, Tensor below, Finish finish) {
        int[] source = planned.source();
        int block = block(shape);
        if (source.length <= block) {
            return finish.apply(some(below, source), 0, source.length);
        }
        Tensor out = compute.empty(compute.dtype(), source.length, shape.hidden());
        for (int first = 0; first < source.length; first += block) {
            try (Scope scope = Scope.open()) {
                int rows = Math.min(block, source.length - first);
                Tensor x = some(below, Arrays.copyOfRange(source, first, first + rows));
                out.narrow(0, first, rows).copy_(finish.apply(x, first, rows));
            }
        }
        return out;
    }

    private static int[] pick(int[] from, int[] which) {
        return Arrays.stream(which).map(index -> from[index]).toArray();
    }

    /** The named rows; x itself if they are all of it in order. */
    private static Tensor some(Tensor x, int[] rows) {
        boolean all =
                rows.length == x.size(0) && IntStream.range(0, rows.length).allMatch(row -> rows[row] == row);
        return all ? x : Ops.rows(x, rows);
    }
}
