package sightline.inside;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.ImageBlock;
import sightline.model.ImageKeys;
import sightline.model.Rotation;
import sightline.model.TextBlock;
import sightline.model.VisionMemory;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
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
     * @param edges of a text that is as long as the context, or longer
     * @param rows which, in increasing order
     */
    static RowAttention text(
            TextBlock block, Tensor context, Rotation rotation, Edges edges, int[] rows, Compute compute) {
        Tensor normed = block.norm(context);
        Tensor queries = Ops.rows(block.queries(normed, rotation), rows);
        Tensor keys = block.keys(normed, rotation).transpose(0, 1);
        Tensor values = block.values(normed).transpose(0, 1);
        return of(queries, keys, values, edges, rows, compute);
    }

    /**
     * In a layer that reads the picture.
     *
     * @param x hidden states of the rows (rows, hidden)
     * @param rows which text rows they are
     */
    static RowAttention image(ImageBlock block, VisionMemory seen, Tensor x, Edges edges, int[] rows, Compute compute) {
        ImageKeys image = block.keys(seen);
        return of(block.queries(x), image.keys(), image.values(), edges, rows, compute);
    }

    private static RowAttention of(
            Tensor queries, Tensor keys, Tensor values, Edges edges, int[] rows, Compute compute) {
        int count = Math.toIntExact(keys.size(1));
        Tensor weights = Attention.weights(queries, keys, mask(edges, rows, count, compute), compute);
        for (int i = 0; i < rows.length; i++) {
            if (!asks(edges, rows[i])) {
                weights.narrow(0, i, 1).copy_(alike(edges.open()[rows[i]], count, compute));
            }
        }
        return new RowAttention(weights, values.to(compute.accurate().scalarType()));
    }

    /** Whether a row weighs its keys by its query: it has edges, and does not take their mean. */
    private static boolean asks(Edges edges, int row) {
        return !edges.uniform()[row] && count(edges.open()[row]) > 0;
    }

    /** (rows, keys): 0 for open and −∞ for closed; rows that do not ask are open, which keeps them finite. */
    private static Tensor mask(Edges edges, int[] rows, int keys, Compute compute) {
        float[] mask = new float[rows.length * keys];
        for (int i = 0; i < rows.length; i++) {
            if (asks(edges, rows[i])) {
                boolean[] open = edges.open()[rows[i]];
                for (int key = 0; key < keys; key++) {
                    mask[i * keys + key] = open[key] ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
        }
        return compute.place(HostArrays.tensor(mask, rows.length, keys), compute.accurate());
    }

    /** (1, 1, keys): all edges weigh the same. */
    private static Tensor alike(boolean[] open, int keys, Compute compute) {
        float[] weights = new float[keys];
        int edges = count(open);
        for (int key = 0; key < keys; key++) {
            weights[key] = open[key] ? 1f / edges : 0;
        }
        return compute.place(HostArrays.tensor(weights, 1, 1, keys), compute.accurate());
    }

    private static int count(boolean... open) {
        int count = 0;
        for (boolean edge : open) {
            count += edge ? 1 : 0;
        }
        return count;
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
        return attended(weights);
    }

    /**
     * The same by some of the weights.
     *
     * @param some (rows, heads, keys)
     */
    Tensor attended(Tensor some) {
        long rows = some.size(0);
        long heads = some.size(1);
        long groups = values.size(0);
        // (rows, groups · perGroup, keys) -> (groups, rows · perGroup, keys)
        Tensor byGroup = some.view(rows, groups, heads / groups, some.size(2))
                .transpose(0, 1)
                .reshape(groups, rows * (heads / groups), some.size(2));
        return byGroup.bmm(values)
                .view(groups, rows, heads / groups, values.size(2))
                .transpose(0, 1)
                .reshape(rows, heads * values.size(2));
    }
}
