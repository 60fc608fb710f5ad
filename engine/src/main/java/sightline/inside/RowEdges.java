package sightline.inside;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.model.EdgeDefinition.Edges;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.TensorOwner;

/**
 * The edges of some text rows, on the device: the same in all layers of a kind.
 *
 * @param mask (rows, keys): 0 for open and −∞ for closed; rows that do not ask are open, which keeps them finite
 * @param alike rows that do not weigh their keys by their query
 */
record RowEdges(Tensor mask, List<Alike> alike) {
    /**
     * A row that takes the mean of its keys, or has none.
     *
     * @param place its number among the rows
     * @param weights (1, 1, keys)
     */
    record Alike(int place, Tensor weights) {}

    /**
     * Those of some rows.
     *
     * @param edges of a text that is as long as the context, or longer
     * @param rows text rows
     * @param keys how many of the edges' keys there are
     * @param owner gets the tensors
     */
    static RowEdges of(Edges edges, int[] rows, int keys, Compute compute, TensorOwner owner) {
        float[] mask = new float[rows.length * keys];
        List<Alike> alike = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            boolean[] open = edges.open()[rows[i]];
            int all = count(open);
            if (edges.uniform()[rows[i]] || all == 0) {
                alike.add(new Alike(i, owner.own(alike(open, all, keys, compute))));
            } else {
                for (int key = 0; key < keys; key++) {
                    mask[i * keys + key] = open[key] ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
        }
        Tensor all = owner.own(compute.place(HostArrays.tensor(mask, rows.length, keys), compute.accurate()));
        return new RowEdges(all, alike);
    }

    /** (1, 1, keys): all edges weigh the same. */
    private static Tensor alike(boolean[] open, int edges, int keys, Compute compute) {
        float[] weights = new float[keys];
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
}
