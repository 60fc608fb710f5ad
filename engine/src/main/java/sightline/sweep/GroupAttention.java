package sightline.sweep;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.plan.LayerPlan;
import sightline.plan.RowView;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/** Self-attention of one layer's states, group by group: shared rows below, then each state's own key. */
final class GroupAttention {
    private final LayerPlan planned;
    private final int[] queryOf;
    private final Tensor queries;
    private final Tensor keys;
    private final Tensor values;
    private final Compute compute;

    /**
     * @param queried the states below whose queries are given, in increasing order
     * @param queries (queried, heads, size)
     * @param keys of all states below (states, groups, size)
     * @param values of all states below (states, groups, size)
     */
    GroupAttention(LayerPlan planned, int[] queried, Tensor queries, Tensor keys, Tensor values, Compute compute) {
        this.planned = planned;
        this.queryOf = Arrays.stream(planned.source())
                .map(state -> Arrays.binarySearch(queried, state))
                .toArray();
        this.queries = queries;
        this.keys = keys;
        this.values = values;
        this.compute = compute;
    }

    /** What each state reads: (states, heads · size). */
    Tensor attended() {
        Tensor result = compute.empty(compute.matmul(), planned.size(), queries.size(1) * queries.size(2));
        for (GroupBatch batch : GroupBatch.of(planned.groups(), queries.size(1))) {
            try (Scope scope = Scope.open()) {
                int[] states = batch.states();
                Tensor attended = attended(batch, states);
                int[] real = IntStream.range(0, states.length)
                        .filter(row -> states[row] >= 0)
                        .toArray();
                if (real.length < states.length) {
                    attended = Ops.rows(attended, real);
                }
                Ops.replaceRows(result, pick(states, real), attended);
            }
        }
        planned.groups().forEach(group -> replaceWhereNothingIsAsked(result, group));
        return result;
    }

    /** (rows of the batch, heads · size); anything in rows that only fill up. */
    private Tensor attended(GroupBatch batch, int[] states) {
        int sets = batch.groups().size();
        int[] filled = readable(states);
        int[] own = pick(planned.source(), filled);
        int[] contexts = readable(batch.contexts()); // unread rows are masked; any finite key will do
        return Attention.attendWithOwn(
                        inSets(Ops.rows(queries, pick(queryOf, filled)), sets),
                        inSets(Ops.rows(keys, contexts), sets),
                        inSets(Ops.rows(values, contexts), sets),
                        inSets(Ops.rows(keys, own), sets),
                        inSets(Ops.rows(values, own), sets),
                        mask(batch, states),
                        compute)
                .view(states.length, queries.size(1) * queries.size(2));
    }

    private static int[] readable(int[] rows) {
        return Arrays.stream(rows).map(row -> Math.max(row, 0)).toArray();
    }

    private static int[] pick(int[] from, int[] which) {
        return Arrays.stream(which).map(index -> from[index]).toArray();
    }

    /** (sets · rows, heads, size) -> (sets, rows, heads, size) */
    private static Tensor inSets(Tensor x, int sets) {
        return x.view(sets, x.size(0) / sets, x.size(1), x.size(2));
    }

    /**
     * (sets, rows, keys + 1): a state reads the rows before its own position and itself, less what is blocked; a row that
     * only fills up reads itself.
     */
    private Tensor mask(GroupBatch batch, int[] states) {
        int width = batch.keys() + 1;
        float[] mask = new float[states.length * width];
        for (int row = 0; row < states.length; row++) {
            int start = row * width;
            int state = states[row];
            int context = state < 0 ? 0 : batch.groups().get(row / batch.rows()).context().length;
            int readable = state < 0 ? 0 : Math.min(planned.rows()[state], context);
            Arrays.fill(mask, start + readable, start + width - 1, Float.NEGATIVE_INFINITY);
            BitSet blocked = state < 0 ? null : planned.views()[state].blocked();
            if (blocked != null) {
                blocked.stream()
                        .filter(key -> key < readable)
                        .forEach(key -> mask[start + key] = Float.NEGATIVE_INFINITY);
                if (blocked.get(planned.rows()[state])) {
                    mask[start + width - 1] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return compute.place(
                sightline.tensor.HostArrays.tensor(mask, batch.groups().size(), batch.rows(), width), compute.matmul());
    }

    private void replaceWhereNothingIsAsked(Tensor attended, LayerPlan.Group group) {
        for (int state : group.states()) {
            RowView view = planned.views()[state];
            if (!view.asks()) {
                try (Scope scope = Scope.open()) {
                    Tensor instead =
                            view.keys() == 0 ? Ops.zerosLike(attended.narrow(0, state, 1)) : mean(group, state);
                    attended.narrow(0, state, 1).copy_(instead);
                }
            }
        }
    }

    /** The mean value over the rows before a state's and its own, as every head reads it: (1, heads · size). */
    private Tensor mean(LayerPlan.Group group, int state) {
        int own = planned.rows()[state];
        int[] rows = Arrays.copyOf(group.context(), own + 1);
        rows[own] = planned.source()[state];
        Tensor mean = Ops.rows(values, rows)
                .to(compute.accurate().scalarType())
                .sum(0)
                .div_(new Scalar(own + 1.0));
        return Ops.perHead(mean, queries.size(1) / mean.size(0))
                .to(compute.matmul().scalarType());
    }
}
