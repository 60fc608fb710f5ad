package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.AttentionRow;
import sightline.knockout.Medium;
import sightline.tensor.HostArrays;
import sightline.tensor.TensorOwner;

/** Keeps what text rows attend to: some layers' on the device, so that no layer waits for it, those before in Java's memory. */
final class KeptAttention implements AutoCloseable {
    /** On the device at most, and a layer's more: what a long answer over a large picture reads would be hundreds. */
    private static final long MOST_BYTES = 64L << 20;

    private final List<Read> held = new ArrayList<>();
    private final Map<Integer, List<AttentionRow>> byRow = new TreeMap<>();
    private TensorOwner owner = owner();

    /** @param weights (rows, heads, keys) */
    private record Read(int layer, Medium medium, int[] rows, Tensor weights) {}

    private static TensorOwner owner() {
        return new TensorOwner("what text rows attend to");
    }

    /** @param rows the text rows whose attention it is; no row twice in a layer */
    void read(int layer, Medium medium, int[] rows, RowAttention read) {
        held.add(new Read(layer, medium, rows, owner.own(read.weights())));
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
            for (int i = 0; i < read.rows().length; i++) {
                float[][] ofRow = new float[heads][];
                for (int head = 0; head < heads; head++) {
                    int from = (i * heads + head) * keys;
                    ofRow[head] = Arrays.copyOfRange(all, from, from + keys);
                }
                int row = read.rows()[i];
                byRow.computeIfAbsent(row, none -> new ArrayList<>())
                        .add(new AttentionRow(read.layer(), read.medium(), row, ofRow));
            }
        }
        held.clear();
        owner.close();
        owner = owner();
    }

    /** Of each row, by layer. */
    Map<Integer, List<AttentionRow>> byRow() {
        fetch();
        return byRow;
    }

    @Override
    public void close() {
        owner.close();
    }
}
