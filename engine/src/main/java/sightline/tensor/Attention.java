package sightline.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scaled dot-product attention, softmax(q · kᵀ / √size) · v (Vaswani et al. 2017, eq. 1), written out in matrix products.
 *
 * <p>Axes: rows = query positions, keys = key positions, heads = query heads, groups = key/value heads, size = head size.
 * Key head g serves the query heads g·r … g·r + r − 1, r = heads / groups: these are computed as r·rows rows of one
 * product (Ainslie et al. 2023).
 *
 * <p>Small products are written out for all heads at once. Large ones take the engine's fused kernel, which never holds
 * all scores; in bfloat16 that kernel is 30 times slower on a CPU without AMX, so there they go head by head in blocks
 * of rows.
 */
public final class Attention {
    /** Scores held at once, in numbers, up to which all heads are computed in one product. */
    private static final long SMALL = 4L << 20;

    /** Rows of a block where scores are many: wide enough for the matrix product, small enough for a cache. */
    private static final long BLOCK_ROWS = 512;

    private Attention() {}

    /**
     * Every row attends to all keys, or to those that its mask row leaves open. A row whose keys are all masked comes out
     * as NaN: the caller must say what such a row reads.
     *
     * @param queries (rows, heads, size)
     * @param keys (groups, keys, size)
     * @param values (groups, keys, size)
     * @param mask (rows, keys), 0 for open and −∞ for masked; null if all is open
     * @return (rows, heads · size), in the format used within layers
     */
    public static Tensor attend(Tensor queries, Tensor keys, Tensor values, Tensor mask, Compute compute) {
        Tensor k = keys.to(compute.matmul().scalarType());
        Tensor v = values.to(compute.matmul().scalarType());
        Tensor q = grouped(queries, keys.size(0), compute);
        if (queries.size(0) * queries.size(1) * keys.size(1) <= SMALL) {
            return joined(block(q, k, v, mask), compute);
        }
        boolean fast = !compute.device().isCpu() || compute.matmul() != DType.BFLOAT16 || NativeEngine.fusedBfloat16();
        return joined(mask == null && fast ? fused(q, k, v, compute) : inBlocks(q, k, v, mask, compute), compute);
    }

    /** q (groups, perGroup, rows, size), k and v (groups, keys, size) -> the shape of q */
    private static Tensor fused(Tensor q, Tensor k, Tensor v, Compute compute) {
        if (!compute.device().isCpu()) {
            return fused(q, k, v); // the processor's matrix library has no part in it
        }
        try (SingleBlasThread each = SingleBlasThread.open()) {
            return fused(q, k, v);
        }
    }

    private static Tensor fused(Tensor q, Tensor k, Tensor v) {
        if (q.is_meta()) {
            return torch.empty_like(q); // which the engine has not of its null device
        }
        Tensor rows = q.reshape(1, q.size(0), q.size(1) * q.size(2), q.size(3));
        return torch.scaled_dot_product_attention(rows, k.unsqueeze(0), v.unsqueeze(0))
                .view(q.sizes());
    }

    private static Tensor inBlocks(Tensor q, Tensor k, Tensor v, Tensor mask, Compute compute) {
        Tensor result = compute.empty(compute.matmul(), q.size(0), q.size(1), q.size(2), q.size(3));
        long step = Math.max(1, BLOCK_ROWS / q.size(1));
        for (long group = 0; group < q.size(0); group++) {
            for (long first = 0; first < q.size(2); first += step) {
                try (Scope scope = Scope.open()) {
                    long count = Math.min(step, q.size(2) - first);
                    Tensor rows = q.narrow(0, group, 1).narrow(2, first, count);
                    Tensor part = mask == null ? null : mask.narrow(0, first, count);
                    Tensor out = block(rows, k.narrow(0, group, 1), v.narrow(0, group, 1), part);
                    result.narrow(0, group, 1).narrow(2, first, count).copy_(out);
                }
            }
        }
        return result;
    }

    /**
     * Several sets of rows at once, each with keys of its own: every row attends to its set's keys, as its mask row leaves
     * them open, and to one key of its own. For rows that belong to different variants of one sequence: what comes before
     * them is common, they themselves differ. A row whose keys are all masked comes out as NaN.
     *
     * @param queries (sets, rows, heads, size)
     * @param keys (sets, keys + 1, groups, size), shared by a set's rows; what stands in the last place is not read, and lost
     * @param values (sets, keys + 1, groups, size), the same
     * @param ownKeys (sets, rows, groups, size)
     * @param ownValues (sets, rows, groups, size)
     * @param mask (sets, rows, keys + 1), the last column for the own key; 0 for open and −∞ for masked
     * @return (sets, rows, heads · size), in the format used within layers
     */
    public static Tensor attendWithOwn(
            Tensor queries,
            Tensor keys,
            Tensor values,
            Tensor ownKeys,
            Tensor ownValues,
            Tensor mask,
            Compute compute) {
        ScalarType matmul = compute.matmul().scalarType();
        long sets = queries.size(0);
        long rows = queries.size(1);
        long groups = keys.size(2);
        long perGroup = queries.size(2) / groups;
        long size = queries.size(3);
        long last = keys.size(1) - 1;
        // (sets, rows, groups · perGroup, size) -> (sets, groups, perGroup, rows, size)
        Tensor q = queries.to(matmul)
                .view(sets, rows, groups, perGroup, size)
                .permute(0, 2, 3, 1, 4)
                .contiguous();
        // (sets, keys, groups, size) -> (sets · groups, keys, size)
        Tensor k = keys.to(matmul).permute(0, 2, 1, 3).reshape(sets * groups, last + 1, size);
        Tensor v = values.to(matmul).permute(0, 2, 1, 3).reshape(sets * groups, last + 1, size);
        v.narrow(1, last, 1).zero_(); // the own value differs from row to row and is added below
        // (sets, rows, groups, size) -> (sets, groups, 1, rows, size): one own key for all query heads of a group
        Tensor ownK = ownKeys.to(matmul).permute(0, 2, 1, 3).unsqueeze(2);
        Tensor ownV = ownValues.to(matmul).permute(0, 2, 1, 3).unsqueeze(2);
        Tensor own =
                q.mul(ownK).sum(new long[] {4}, true, new ScalarTypeOptional()).mul_(scale(q, 4));
        Tensor flat = q.view(sets * groups, perGroup, rows, size);
        Tensor scores = scores(flat, k).view(sets, groups, perGroup, rows, last + 1);
        scores.narrow(4, last, 1).copy_(own);
        scores.add_(mask.view(sets, 1, 1, rows, last + 1));
        Tensor weights = Ops.softmax(scores);
        Tensor attended = torch.bmm(weights.view(sets * groups, perGroup * rows, last + 1), v)
                .view(q.sizes())
                .addcmul_(weights.narrow(4, last, 1), ownV);
        // (sets, groups, perGroup, rows, size) -> (sets, rows, heads · size)
        return attended.permute(0, 3, 1, 2, 4).reshape(sets, rows, groups * perGroup * size);
    }

    /**
     * The weights alone, in at least float32.
     *
     * @param queries (rows, heads, size)
     * @param keys (groups, keys, size)
     * @param mask (rows, keys), 0 for open and −∞ for masked, in the result's format
     * @return (rows, heads, keys)
     */
    public static Tensor weights(Tensor queries, Tensor keys, Tensor mask, Compute compute) {
        ScalarType accurate = compute.accurate().scalarType();
        long rows = queries.size(0);
        long groups = keys.size(0);
        long perGroup = queries.size(1) / groups;
        Tensor q = queries.to(accurate)
                .view(rows, groups, perGroup, queries.size(2))
                .permute(1, 2, 0, 3);
        Tensor scores = scores(q, keys.to(accurate).contiguous()).view(groups, perGroup, rows, keys.size(1));
        return Ops.softmax(scores.add_(mask)).permute(2, 0, 1, 3).reshape(rows, groups * perGroup, keys.size(1));
    }

    /** (rows, heads, size) -> (groups, perGroup, rows, size), in the format of products */
    private static Tensor grouped(Tensor queries, long groups, Compute compute) {
        long perGroup = queries.size(1) / groups;
        return queries.to(compute.matmul().scalarType())
                .view(queries.size(0), groups, perGroup, queries.size(2))
                .permute(1, 2, 0, 3);
    }

    private static Scalar scale(Tensor q, int sizeAxis) {
        return new Scalar(1 / Math.sqrt((double) q.size(sizeAxis)));
    }

    /** q (groups, perGroup, rows, size), k (groups, keys, size) -> (groups, perGroup · rows, keys), scaled */
    private static Tensor scores(Tensor q, Tensor k) {
        Tensor rows = q.reshape(q.size(0), q.size(1) * q.size(2), q.size(3));
        // beta 0: the first argument only lends its type; alpha scales within the product, at no cost
        return torch.baddbmm(rows.narrow(2, 0, 1), rows, k.transpose(1, 2), new Scalar(0.0), scale(q, 3));
    }

    /** q (groups, perGroup, rows, size), k and v (groups, keys, size) -> the shape of q. */
    private static Tensor block(Tensor q, Tensor k, Tensor v, Tensor mask) {
        Tensor scores = scores(q, k);
        if (mask != null) {
            scores.view(q.size(0), q.size(1), q.size(2), k.size(1)).add_(mask);
        }
        return torch.bmm(Ops.softmax(scores), v).view(q.size(0), q.size(1), q.size(2), v.size(2));
    }

    /** (groups, perGroup, rows, size) -> (rows, heads · size) */
    private static Tensor joined(Tensor heads, Compute compute) {
        return heads.permute(2, 0, 1, 3)
                .reshape(heads.size(2), -1)
                .to(compute.matmul().scalarType());
    }
}
