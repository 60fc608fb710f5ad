package sightline.inside;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionMemory;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;

/**
 * What text rows attend to in one layer with nothing cut.
 *
 * @param weights (rows, heads, keys), in at least float32; each row of each head sums to 1, or to 0 if it reads nothing
 * @param values (groups, keys, size), in the same format
 */
record RowAttention(Tensor weights, Tensor values) {
    /**
     * In a layer that reads text.
     *
     * @param context hidden states of the text rows from 0 on (keys, hidden)
     * @param rotation of the same rows
     * @param rows which, in increasing order
     * @param edges of these rows
     */
    static RowAttention text(
            TextBlock block, Tensor context, Rotation rotation, int[] rows, RowEdges edges, Compute compute) {
        Tensor normed = block.norm(context);
        Tensor queries = Ops.rows(block.queries(normed, rotation), rows);
        Tensor keys = block.keys(normed, rotation).transpose(0, 1);
        Tensor values = block.values(normed).transpose(0, 1);
        return of(queries, keys, values, edges, compute);
    }

    /**
     * In a layer that reads the picture.
     *
     * @param x hidden states of the rows (rows, hidden)
     * @param edges of the same rows
     */
    static RowAttention image(ImageBlock block, VisionMemory seen, Tensor x, RowEdges edges, Compute compute) {
        ImageKeys image = block.keys(seen);
        return of(block.queries(x), image.keys(), image.values(), edges, compute);
    }

    private static RowAttention of(Tensor queries, Tensor keys, Tensor values, RowEdges edges, Compute compute) {
        Tensor weights = Attention.weights(queries, keys, edges.mask(), compute);
        for (RowEdges.Alike row : edges.alike()) {
            weights.narrow(0, row.place(), 1).copy_(row.weights());
        }
        return new RowAttention(weights, values.to(compute.accurate().scalarType()));
    }

    /**
     * That of some of the rows.
     *
     * @param rows all of them, in increasing order
     * @param some in increasing order
     */
    RowAttention among(int[] rows, int... some) {
        if (some.length == rows.length) {
            return this;
        }
        int[] places =
                Arrays.stream(some).map(row -> Arrays.binarySearch(rows, row)).toArray();
        return new RowAttention(Ops.rows(weights, places), values);
    }

    /** What the rows read, all heads together: Σ a · v (rows, heads · size). */
    Tensor attended() {
        long size = values.size(2);
        return read(values, size).transpose(0, 1).reshape(weights.size(0), weights.size(1) * size);
    }

    /**
     * How long that is which the rows read of some keys alone, all heads together.
     *
     * @param masks (masks, keys), 1 for keys that count
     * @return ‖Σ a · v‖ (rows, masks)
     */
    Tensor lengths(Tensor masks) {
        long groups = values.size(0);
        long count = masks.size(0);
        long size = values.size(2);
        Tensor some = values.unsqueeze(2)
                .mul(masks.transpose(0, 1).unsqueeze(0).unsqueeze(3)) // (groups, keys, masks, size)
                .reshape(groups, values.size(1), count * size);
        Tensor squares = read(some, count * size).square();
        Tensor each = squares.reshape(groups, weights.size(0), weights.size(1) / groups, count, size)
                .permute(1, 3, 0, 2, 4)
                .reshape(weights.size(0), count, weights.size(1) * size);
        return Ops.sum(each).sqrt_().squeeze(2);
    }

    /** (groups, keys, size) -> (groups, rows, heads of a group, size) */
    private Tensor read(Tensor of, long size) {
        long rows = weights.size(0);
        long groups = of.size(0);
        long perGroup = weights.size(1) / groups;
        // (rows, groups · perGroup, keys) -> (groups, rows · perGroup, keys)
        Tensor byGroup = weights.view(rows, groups, perGroup, weights.size(2))
                .transpose(0, 1)
                .reshape(groups, rows * perGroup, weights.size(2));
        return byGroup.bmm(of).view(groups, rows, perGroup, size);
    }
}
