package sightline.knockout;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.model.CrossAttentionLayer;
import sightline.model.CrossView;
import sightline.model.Cut;
import sightline.model.Mllama;
import sightline.model.RotaryEmbedding.Rotation;
import sightline.model.SelfAttentionLayer;
import sightline.model.TextDecoder;
import sightline.model.VisionMemory;
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

    private final TextConfig config;
    private final Compute compute;
    private final TextDecoder decoder;
    private final TextDecoder.Context context;
    private final SweepPlan plan;
    private final int[] tokens;

    SweepWalk(Mllama model, SweepRequest request, VisionMemory seen, SweepPlan plan) {
        this.config = model.config().text();
        this.compute = model.compute();
        this.decoder = model.decoder();
        this.plan = plan;
        this.tokens = request.tokens(request.answer().length - 1);
        this.context =
                new TextDecoder.Context(seen, request.prompt().imagePosition(), request.rows(), Cut.PerLayer.NONE);
    }

    /** Native bytes that a walk takes at its widest layer, about. */
    static long bytes(SweepPlan plan, TextConfig config, Compute compute) {
        long rows = plan.widest();
        long states = rows * config.hidden() * 8L; // two layers' states, norms, projections, attention's output
        long mlp = Math.min(rows, block(config)) * config.intermediate() * 3L;
        return (states + mlp)
                * Math.max(compute.dtype().bytes(), compute.matmul().bytes());
    }

    /**
     * Rows that pass through an MLP at once. Nearly all blocks of a walk thus have one shape, which the engine prepares for
     * once.
     */
    private static int block(TextConfig config) {
        return Math.max(LEAST_BLOCK, Integer.highestOneBit(MLP_NUMBERS / config.intermediate()));
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
            int[] positions = plan.embeddings();
            Tensor x =
                    decoder.embed(Arrays.stream(positions).map(p -> tokens[p]).toArray());
            for (int layer = 0; layer < config.layers(); layer++) {
                PlannedLayer planned = plan.layers().get(layer);
                Tensor below = x;
                try (Scope scope = Scope.open()) {
                    x = scope.keep(
                            planned.cross()
                                    ? cross(layer, planned, below)
                                    : self(layer, planned, below, rotation, positions));
                }
                below.close();
                positions = planned.positions();
                computed.accept(Math.toIntExact(x.size(0)));
            }
            return walk.keep(x);
        }
    }

    private Tensor self(int layer, PlannedLayer planned, Tensor below, Rotation rotation, int[] positionsBelow) {
        SelfAttentionLayer block = decoder.selfAttention(layer);
        Tensor attended;
        try (Scope scope = Scope.open()) {
            Tensor normed = block.norm(below);
            int[] queried = planned.queried();
            int[] queryPositions =
                    Arrays.stream(queried).map(state -> positionsBelow[state]).toArray();
            GroupAttention attention = new GroupAttention(
                    planned,
                    queried,
                    block.queries(some(normed, queried), rotation.rows(queryPositions)),
                    block.keys(normed, rotation.rows(positionsBelow)),
                    block.values(normed),
                    compute);
            attended = scope.keep(attention.attended());
        }
        return inBlocks(planned, below, (x, first, rows) -> block.finish(x, attended.narrow(0, first, rows)));
    }

    private Tensor cross(int layer, PlannedLayer planned, Tensor below) {
        CrossAttentionLayer block = decoder.crossAttention(layer);
        VisionMemory seen = context.memory();
        Tensor attended = compute.empty(compute.matmul(), planned.size(), config.hidden());
        try (Scope scope = Scope.open()) {
            int[] asking = planned.softmaxRows();
            if (asking.length > 0) {
                int[] sources = Arrays.stream(asking)
                        .map(state -> planned.source()[state])
                        .toArray();
                CrossView[] views = Arrays.stream(asking)
                        .mapToObj(state -> planned.crossViews()[state])
                        .toArray(CrossView[]::new);
                Tensor queries = block.queries(some(below, sources));
                Ops.replaceRows(attended, asking, seen.read(layer, queries, views));
            }
            planned.constantRows().forEach((view, rows) -> {
                Tensor constant = seen.constant(layer, view).expand(rows.length, config.hidden());
                Ops.replaceRows(attended, rows, constant);
            });
        }
        return inBlocks(planned, below, (x, first, rows) -> {
            int[] positions = Arrays.copyOfRange(planned.positions(), first, first + rows);
            return block.finish(x, attended.narrow(0, first, rows), decoder.mlpFactor(positions, context));
        });
    }

    /** What comes after attention, for some of a layer's rows. */
    private interface Finish {
        Tensor apply(Tensor x, int first, int rows);
    }

    private Tensor inBlocks(PlannedLayer planned, Tensor below, Finish finish) {
        int[] source = planned.source();
        int block = block(config);
        if (source.length <= block) {
            return finish.apply(some(below, source), 0, source.length);
        }
        Tensor out = compute.empty(compute.dtype(), source.length, config.hidden());
        for (int first = 0; first < source.length; first += block) {
            try (Scope scope = Scope.open()) {
                int rows = Math.min(block, source.length - first);
                Tensor x = some(below, Arrays.copyOfRange(source, first, first + rows));
                out.narrow(0, first, rows).copy_(finish.apply(x, first, rows));
            }
        }
        return out;
    }

    /** The named rows; x itself if they are all of it in order. */
    private static Tensor some(Tensor x, int[] rows) {
        boolean all =
                rows.length == x.size(0) && IntStream.range(0, rows.length).allMatch(row -> rows[row] == row);
        return all ? x : Ops.rows(x, rows);
    }
}
