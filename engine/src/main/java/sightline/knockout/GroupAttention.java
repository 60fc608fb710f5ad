package sightline.knockout;

import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.model.SelfView;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/** Self-attention of one layer's states, group by group: shared rows below, then each state's own key. */
final class GroupAttention {
    private final PlannedLayer planned;
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
    GroupAttention(PlannedLayer planned, int[] queried, Tensor queries, Tensor keys, Tensor values, Compute compute) {
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
        for (PlannedLayer.Group group : planned.groups()) {
            try (Scope scope = Scope.open()) {
                Ops.replaceRows(result, group.states(), attended(group));
            }
        }
        return result;
    }

    private Tensor attended(PlannedLayer.Group group) {
        int[] states = group.states();
        int[] context = Arrays.stream(group.context())
                .map(state -> Math.max(state, 0)) // unread rows are masked; any finite key will do
                .toArray();
        int[] own = pick(planned.source(), states);
        Tensor sharedValues = byGroup(Ops.rows(values, context));
        Tensor ownValues = Ops.rows(values, own);
        Tensor attended = Attention.attendWithOwn(
                Ops.rows(queries, pick(queryOf, states)),
                byGroup(Ops.rows(keys, context)),
                sharedValues,
                Ops.rows(keys, own),
                ownValues,
                mask(group),
                compute);
        for (int row = 0; row < states.length; row++) {
            SelfView view = planned.selfViews()[states[row]];
            if (view.pattern() != SelfView.Pattern.SOFTMAX) {
                Tensor instead = view.pattern() == SelfView.Pattern.NOTHING
                        ? Ops.zerosLike(attended.narrow(0, row, 1))
                        : mean(sharedValues, ownValues.narrow(0, row, 1), planned.positions()[states[row]]);
                Ops.replaceRows(attended, new int[] {row}, instead);
            }
        }
        return attended;
    }

    private static int[] pick(int[] from, int[] which) {
        return Arrays.stream(which).map(index -> from[index]).toArray();
    }

    private static Tensor byGroup(Tensor x) {
        return x.transpose(0, 1).contiguous(); // (rows, groups, size) -> (groups, rows, size)
    }

    /** (states, context + 1): a state reads the rows before its own position and itself, less what is blocked. */
    private Tensor mask(PlannedLayer.Group group) {
        int width = group.context().length + 1;
        float[] mask = new float[group.states().length * width];
        for (int row = 0; row < group.states().length; row++) {
            int state = group.states()[row];
            int position = planned.positions()[state];
            BitSet blocked = planned.selfViews()[state].blocked();
            int start = row * width;
            Arrays.fill(mask, start + Math.min(position, width - 1), start + width - 1, Float.NEGATIVE_INFINITY);
            if (blocked != null) {
                // A group whose states read no row below has no shared columns: there all is blocked by their absence.
                blocked.stream()
                        .filter(key -> key < width - 1)
                        .forEach(key -> mask[start + key] = Float.NEGATIVE_INFINITY);
                if (blocked.get(position)) {
                    mask[start + width - 1] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return compute.place(sightline.tensor.Arrays.tensor(mask, group.states().length, width), compute.matmul());
    }

    /** The mean value over the shared positions before a row and its own, as every head reads it: (1, heads · size). */
    private Tensor mean(Tensor sharedValues, Tensor ownValue, int position) {
        Tensor sum = sharedValues
                .narrow(1, 0, position)
                .to(compute.accurate().scalarType())
                .sum(1)
                .add_(ownValue.squeeze(0));
        Tensor mean = sum.div_(new Scalar(position + 1.0));
        return Ops.perHead(mean, queries.size(1) / mean.size(0))
                .to(compute.matmul().scalarType());
    }
}
