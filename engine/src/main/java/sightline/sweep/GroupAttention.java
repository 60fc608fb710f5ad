package sightline.sweep;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.Rows;
import sightline.tensor.Scope;

/** Self-attention of one layer's states, group by group: shared rows below, then each state's own key. */
final class GroupAttention {
    private final PlacedText placed;
    private final Tensor queries;
    private final Tensor keys;
    private final Tensor values;
    private final Compute compute;

    /**
     * @param queries of the states below that are queried (queried, heads, size)
     * @param keys of all states below (states, groups, size)
     * @param values of all states below (states, groups, size)
     */
    GroupAttention(PlacedText placed, Tensor queries, Tensor keys, Tensor values, Compute compute) {
        this.placed = placed;
        this.queries = queries;
        this.keys = keys;
        this.values = values;
        this.compute = compute;
    }

    /** What each state reads: (states, heads · size). */
    Tensor attended() {
        long width = queries.size(1) * queries.size(2);
        Tensor result = compute.empty(compute.matmul(), placed.size(), width);
        for (PlacedBatch batch : placed.batches()) {
            try (Scope scope = Scope.open()) {
                Tensor attended = attended(batch).view(-1, width);
                batch.states()
                        .replace(
                                result,
                                batch.real() == null ? attended : batch.real().of(attended));
            }
        }
        for (PlacedText.Mean mean : placed.means()) {
            try (Scope scope = Scope.open()) {
                mean.state().replace(result, mean(mean.read()));
            }
        }
        if (placed.nothing().count() > 0) {
            placed.nothing()
                    .replace(
                            result,
                            compute.empty(compute.matmul(), placed.nothing().count(), width)
                                    .zero_());
        }
        return result;
    }

    /** (sets, rows, heads · size); anything in rows that only fill up. */
    private Tensor attended(PlacedBatch batch) {
        int sets = batch.sets();
        Tensor masks = batch.maskRows().of(batch.masks().rows().tensor());
        return Attention.attendWithOwn(
                inSets(batch.queries().of(queries), sets),
                inSets(batch.contexts().of(keys), sets),
                inSets(batch.contexts().copiedOf(values), sets),
                inSets(batch.own().of(keys), sets),
                inSets(batch.own().of(values), sets),
                masks.view(sets, masks.size(0) / sets, masks.size(1)),
                compute);
    }

    /** (sets · rows, heads, size) -> (sets, rows, heads, size) */
    private static Tensor inSets(Tensor x, int sets) {
        return x.view(sets, x.size(0) / sets, x.size(1), x.size(2));
    }

    /** The mean value over some states below, as every head reads it: (1, heads · size). */
    private Tensor mean(Rows read) {
        Tensor mean =
                read.of(values).to(compute.accurate().scalarType()).sum(0).div_(new Scalar((double) read.count()));
        return Ops.perHead(mean, queries.size(1) / mean.size(0))
                .to(compute.matmul().scalarType());
    }
}
