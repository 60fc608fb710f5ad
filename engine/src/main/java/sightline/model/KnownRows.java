package sightline.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Ops;

/**
 * The first rows of a text as they were computed once: nothing of them is computed again. Only a decoder all of whose layers
 * read text has such rows.
 *
 * @param states behind each layer but the last, each (rows, hidden)
 * @param keys of each layer, rotated, each (rows, groups, size)
 * @param values of each layer, each (rows, groups, size)
 */
public record KnownRows(List<Tensor> states, List<Tensor> keys, List<Tensor> values) {
    static final KnownRows NONE = new KnownRows(List.of(), List.of(), List.of());

    /** How many rows. */
    public int count() {
        return keys.isEmpty() ? 0 : Math.toIntExact(keys.get(0).size(0));
    }

    /** The states behind a layer, these rows' before the given ones; the given ones alone behind the last layer. */
    public Tensor states(int layer, Tensor others) {
        return with(states, layer, others);
    }

    /** A layer's keys, these rows' before the given ones. */
    public Tensor keys(int layer, Tensor others) {
        return with(keys, layer, others);
    }

    /** A layer's values, these rows' before the given ones. */
    public Tensor values(int layer, Tensor others) {
        return with(values, layer, others);
    }

    private static Tensor with(List<Tensor> known, int layer, Tensor others) {
        return layer < known.size() ? Ops.cat(0, known.get(layer), others) : others;
    }
}
