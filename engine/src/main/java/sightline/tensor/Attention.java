package sightline.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scaled dot-product attention, softmax(q · kᵀ / √size) · v (Vaswani et al. 2017, eq. 1), written out in matrix products.
 *
 * <p>Axes: rows = query positions, keys = key positions, heads = query heads, groups = key/value heads, size = head size.
 * Key head g serves the query heads g·r … g·r + r − 1, r = heads / groups: these are computed as r·rows rows of one
 * product (Ainslie et al. 2023).
 *
 * <p>The engine's fused attention is not used: in bfloat16 it is 30 times slower than this on a CPU.
 */
public final class Attention {
    /** Scores held at once, in numbers. Rows are taken in blocks so that a block's scores stay below it. */
    private static final long BLOCK = 8L << 20;

    private Attention() {}

    /**
     * Every row attends to all keys, or to those that its mask row leaves open. A row whose keys are all masked comes out
     * as NaN: the caller must say what such a row reads.
     *
     * @param queries (rows, heads, size)
     * @param keys (groups, keys, size)
     * @param values (groups, keys, size)
     * @param mask (rows, keys), 0 for open and −∞ for masked; null if all is open
     * @return (rows, heads · size), in the format of hidden states
     */
    public static Tensor attend(Tensor queries, Tensor keys, Tensor values, Tensor mask, Compute compute) {
        long rows = queries.size(0);
        long heads = queries.size(1);
        long size = queries.size(2);
        long groups = keys.size(0);
        long perGroup = heads / groups;
        DType matmul = compute.matmul();
        Tensor k = keys.to(matmul.scalarType()).transpose(1, 2); // (groups, keys, size) -> (groups, size, keys)
        Tensor v = values.to(matmul.scalarType());
        // (rows, heads, size) -> (groups, perGroup, rows, size), scaled once here instead of in the larger scores
        Tensor q = queries.to(matmul.scalarType())
                .view(rows, groups, perGroup, size)
                .permute(1, 2, 0, 3);
        long step = Math.max(1, Math.min(rows, BLOCK / (heads * keys.size(1))));
        if (step == rows) {
            return joined(block(q, k, v, mask), compute);
        }
        Tensor result = compute.empty(compute.dtype(), rows, heads * size);
        for (long first = 0; first < rows; first += step) {
            try (Scope scope = Scope.open()) {
                long count = Math.min(step, rows - first);
                Tensor part = mask == null ? null : mask.narrow(0, first, count);
                Tensor out = joined(block(q.narrow(2, first, count), k, v, part), compute);
                result.narrow(0, first, count).copy_(out);
            }
        }
        return result;
    }

    /** q (groups, perGroup, rows, size), k (groups, size, keys), v (groups, keys, size) -> the shape of q. */
    private static Tensor block(Tensor q, Tensor k, Tensor v, Tensor mask) {
        long groups = q.size(0);
        long perGroup = q.size(1);
        long rows = q.size(2);
        Tensor rowsOfGroup = q.reshape(groups, perGroup * rows, q.size(3)); // (groups, perGroup · rows, size)
        // beta 0: the first argument only lends its shape; alpha scales within the product, at no cost
        Tensor scores = torch.baddbmm(
                rowsOfGroup.narrow(2, 0, 1),
                rowsOfGroup,
                k,
                new Scalar(0.0),
                new Scalar(1 / Math.sqrt((double) q.size(3))));
        if (mask != null) {
            scores.view(groups, perGroup, rows, k.size(2)).add_(mask);
        }
        Tensor weights = Ops.softmax(scores);
        return torch.bmm(weights, v).view(groups, perGroup, rows, v.size(2));
    }

    /** (groups, perGroup, rows, size) -> (rows, heads · size) */
    private static Tensor joined(Tensor heads, Compute compute) {
        long rows = heads.size(2);
        return heads.permute(2, 0, 1, 3).reshape(rows, -1).to(compute.dtype().scalarType());
    }
}
