package sightline.sweep;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.ModelShape;
import sightline.knockout.SweepRequest;
import sightline.model.Decoder;
import sightline.model.ImageBlock;
import sightline.model.KnownRows;
import sightline.model.LayerListener;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.tensor.Compute;
import sightline.tensor.Rows;
import sightline.tensor.Scope;

/**
 * One walk over the layers, computing every state of a plan. At each layer the rows of all variants form one matrix, so
 * each weight is read once; only attention looks at groups of rows that read the same rows below.
 */
final class SweepWalk {
    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final ModelShape shape;
    private final Compute compute;
    private final Decoder decoder;
    private final VisionMemory seen;
    private final PlacedPlan plan;
    private final int[] tokens;

    SweepWalk(VisionLanguageModel model, SweepRequest request, VisionMemory seen, PlacedPlan plan) {
        this.model = model;
        this.request = request;
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
        long mlp = Math.min(rows, compute.portions().rows(shape.intermediate())) * shape.intermediate() * 3L;
        long attention = compute.device().isCpu() ? 0 : 4 * compute.portions().scores(); // with rows that only fill up
        return (states + mlp + attention)
                * Math.max(compute.dtype().bytes(), compute.matmul().bytes());
    }

    /**
     * The states behind the last layer (states, hidden), owned by the current scope.
     *
     * @param computed hears how many states each layer has computed, layer by layer
     * @param listener hears the states behind each layer, in the plan's order
     */
    Tensor run(IntConsumer computed, LayerListener listener) {
        try (Scope walk = Scope.open()) {
            Rotation rotation = decoder.rotation(0, tokens.length);
            int[] rows = plan.plan().embeddings();
            KnownRows known = model.firstRows(request.prompt(), seen, request.rows());
            Tensor x = decoder.embed(Arrays.stream(rows).map(row -> tokens[row]).toArray(), rows, seen);
            listener.after(-1, x);
            for (int layer = 0; layer < shape.layers(); layer++) {
                Tensor below = x;
                try (Scope scope = Scope.open()) {
                    x = scope.keep(known.states(layer, layer(layer, below, rotation, known)));
                }
                below.close();
                listener.after(layer, x);
                computed.accept(Math.toIntExact(x.size(0)));
            }
            return walk.keep(x);
        }
    }

    /** What a layer computes: all its states but those that are known. */
    private Tensor layer(int layer, Tensor below, Rotation rotation, KnownRows known) {
        PlacedLayer placed = plan.layers().get(layer);
        return placed instanceof PlacedText text
                ? readText(layer, text, below, rotation, known)
                : readImage(decoder.imageBlock(layer), (PlacedImage) placed, below);
    }

    private Tensor readText(int layer, PlacedText placed, Tensor below, Rotation rotation, KnownRows known) {
        TextBlock block = decoder.textBlock(layer);
        Tensor attended;
        try (Scope scope = Scope.open()) {
            Tensor normed = block.norm(below);
            Tensor others = normed.narrow(0, known.count(), normed.size(0) - known.count());
            GroupAttention attention = new GroupAttention(
                    placed,
                    block.queries(placed.queried().of(normed), rotation.rows(placed.queriedBelow())),
                    known.keys(layer, block.keys(others, rotation.rows(placed.below()))),
                    known.values(layer, block.values(others)),
                    compute);
            attended = scope.keep(attention.attended());
            placed.silenced().replaceIn(attended);
        }
        return inBlocks(placed, below, (x, first, rows) -> block.finish(x, attended.narrow(0, first, rows)));
    }

    private Tensor readImage(ImageBlock block, PlacedImage placed, Tensor below) {
        Tensor attended = compute.empty(compute.matmul(), placed.size(), (long) shape.heads() * shape.headSize());
        try (Scope scope = Scope.open()) {
            Rows asking = placed.asking();
            Tensor queries = asking.count() == 0 ? null : block.queries(asking.of(below));
            placed.reading().read(block.keys(seen), queries, attended);
            placed.silenced().replaceIn(attended);
        }
        return inBlocks(
                placed,
                below,
                (x, first, rows) -> block.finish(
                        x, attended.narrow(0, first, rows), placed.reading().mlpFactor(first, rows)));
    }

    /** What comes after attention, for some of a layer's rows. */
    private interface Finish {
        Tensor apply(Tensor x, int first, int rows);
    }

    private Tensor inBlocks(PlacedLayer placed, Tensor below, Finish finish) {
        int all = placed.size();
        int block = compute.portions().rows(shape.intermediate());
        if (all <= block) {
            return finish.apply(placed.source().of(below), 0, all);
        }
        Tensor out = compute.empty(compute.dtype(), all, shape.hidden());
        for (int first = 0; first < all; first += block) {
            try (Scope scope = Scope.open()) {
                int rows = Math.min(block, all - first);
                Tensor x = placed.source().of(below, first, rows);
                out.narrow(0, first, rows).copy_(finish.apply(x, first, rows));
            }
        }
        return out;
    }
}
