package sightline.model;

import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.tensor.Compute;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** The keys and values of all positions so far, per self-attention layer, each (groups, positions, size). */
final class KeyValueCache implements AutoCloseable {
    private final Tensor[] keys;
    private final Tensor[] values;
    private final TensorOwner owner = new TensorOwner("the key/value cache");
    private int length;

    /** @param capacity the most positions it will hold */
    KeyValueCache(ModelShape shape, int capacity, Compute compute) {
        keys = new Tensor[shape.layers()];
        values = new Tensor[shape.layers()];
        try (Scope scope = Scope.open()) {
            long[] size = {shape.keyValueHeads(), capacity, shape.headSize()};
            for (int layer = 0; layer < shape.layers(); layer++) {
                if (shape.medium(layer) == Medium.TEXT) {
                    keys[layer] = owner.own(compute.empty(compute.matmul(), size));
                    values[layer] = owner.own(compute.empty(compute.matmul(), size));
                }
            }
        }
    }

    /** Positions held. */
    int length() {
        return length;
    }

    /** Stores a layer's new keys and values (rows, groups, size) behind those held. {@link #advance} makes them count. */
    void append(int layer, Tensor newKeys, Tensor newValues) {
        long rows = newKeys.size(0);
        keys[layer].narrow(1, length, rows).copy_(newKeys.transpose(0, 1));
        values[layer].narrow(1, length, rows).copy_(newValues.transpose(0, 1));
    }

    /** All keys of a layer with the {@code rows} just appended: (groups, positions, size). */
    Tensor keys(int layer, int rows) {
        return keys[layer].narrow(1, 0, length + rows);
    }

    /** All values of a layer with the {@code rows} just appended: (groups, positions, size). */
    Tensor values(int layer, int rows) {
        return values[layer].narrow(1, 0, length + rows);
    }

    /** The appended rows of every layer now belong to the past. */
    void advance(int rows) {
        length += rows;
    }

    @Override
    public void close() {
        owner.close();
    }
}
