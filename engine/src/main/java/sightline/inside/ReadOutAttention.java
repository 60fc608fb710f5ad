package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.AttentionRow;
import sightline.knockout.Medium;
import sightline.tensor.HostArrays;
import sightline.tensor.TensorOwner;

/** Keeps what read-out rows attend to: some layers' on the device, so that no layer waits for it, those before in Java's memory. */
final class ReadOutAttention implements AutoCloseable {
    /** On the device at most, and a layer's more: what a long answer over a large picture reads would be hundreds. */
    private static final long MOST_BYTES = 64L << 20;

    private final int[] rows;
    private final List<Read> held = new ArrayList<>();
    private final List<List<AttentionRow>> byRow = new ArrayList<>();
    private TensorOwner owner = owner();

    /** @param weights (rows, heads, keys) */
    private record Read(int layer, Medium medium, Tensor weights) {}

    /** @param rows text rows that are read, in increasing order */
    ReadOutAttention(int... rows) {
        this.rows = rows.clone();
        for (int row = 0; row < rows.length; row++) {
            byRow.add(new ArrayList<>());
        }
    }

    private static TensorOwner owner() {
        return new TensorOwner("what read-out rows attend to");
    }

    void read(int layer, Medium medium, RowAttention read) {
        held.add(new Read(layer, medium, owner.own(read.weights())));
        if (owner.bytes() > MOST_BYTES) {
            fetch();
        }
    }

    private void fetch() {
        for (Read read : held) {
            Tensor tensor = read.weights();
            float[] all = HostArrays.floats(tensor);
            int heads = Math.toIntExact(tensor.size(1));
            int keys = Math.toIntExact(tensor.size(2));
            for (int i = 0; i < rows.length; i++) {
                float[][] ofRow = new float[heads][];
                for (int head = 0; head < heads; head++) {
                    int from = (i * heads + head) * keys;
                    ofRow[head] = Arrays.copyOfRange(all, from, from + keys);
                }
                byRow.get(i).add(new AttentionRow(read.layer(), read.medium(), rows[i], ofRow));
            }
        }
        held.clear();
        owner.close();
        owner = owner();
    }

    /** By row, then by layer. */
    List<AttentionRow> all() {
        fetch();
        return byRow.stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        owner.close();
    }
}
