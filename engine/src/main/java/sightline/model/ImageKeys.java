package sightline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.plan.RowView;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;

/**
 * A picture's keys and values in one layer, with what rows read of them.
 *
 * @param keys (groups, tokens, size)
 * @param values (groups, tokens, size)
 * @param mean the mean value of all tokens as every head reads it: (1, heads · size)
 */
public record ImageKeys(Tensor keys, Tensor values, Tensor mean, Compute compute) {
    /**
     * What each row reads.
     *
     * @param queries (rows, heads, size)
     * @param views one per row
     * @return (rows, heads · size)
     */
    public Tensor read(Tensor queries, RowView[] views) {
        Map<RowView, List<Integer>> rowsOf = new LinkedHashMap<>();
        for (int row = 0; row < views.length; row++) {
            rowsOf.computeIfAbsent(views[row], view -> new ArrayList<>()).add(row);
        }
        if (rowsOf.size() == 1) {
            return read(queries, views[0]);
        }
        Tensor result = compute.empty(compute.matmul(), queries.size(0), queries.size(1) * queries.size(2));
        rowsOf.forEach((view, list) -> {
            int[] rows = list.stream().mapToInt(Integer::intValue).toArray();
            Ops.replaceRows(result, rows, read(Ops.rows(queries, rows), view));
        });
        return result;
    }

    private Tensor read(Tensor queries, RowView view) {
        return view.asks()
                ? softmax(queries, view.keys(), view.blocked())
                : constant(view).expand(queries.size(0), queries.size(1) * queries.size(2));
    }

    /** What every row reads whose view does not ask its query, a mean or nothing: (1, heads · size). */
    public Tensor constant(RowView view) {
        if (view.asks()) {
            throw new IllegalArgumentException(view + " depends on the query");
        }
        if (view.keys() == 0) {
            return Ops.zerosLike(mean);
        }
        return view.keys() == keys.size(1) && view.blocked() == null ? mean : meanOf(view);
    }

    private Tensor softmax(Tensor queries, int tokens, BitSet blocked) {
        Tensor mask = null;
        if (blocked != null) {
            float[] open = new float[tokens];
            blocked.stream().forEach(token -> open[token] = Float.NEGATIVE_INFINITY);
            mask = compute.place(HostArrays.tensor(open, 1, tokens), compute.accurate())
                    .expand(queries.size(0), tokens);
        }
        return Attention.attend(queries, keys.narrow(1, 0, tokens), values.narrow(1, 0, tokens), mask, compute);
    }

    private Tensor meanOf(RowView view) {
        int all = Math.toIntExact(values.size(1));
        float[] open = new float[all];
        Arrays.fill(open, 0, view.keys(), 1);
        int left = view.keys();
        if (view.blocked() != null) {
            view.blocked().stream().forEach(token -> open[token] = 0);
            left -= view.blocked().cardinality();
        }
        Tensor weights = compute.place(HostArrays.tensor(open, 1, all, 1), compute.accurate());
        Tensor rest =
                values.to(compute.accurate().scalarType()).mul(weights).sum(1).div_(new Scalar((double) left));
        return Ops.perHead(rest, mean.numel() / rest.numel())
                .to(compute.matmul().scalarType());
    }
}
