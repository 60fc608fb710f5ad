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

/** Keeps what text rows attend to. */
final class KeptAttention {
    private final TensorOwner owner;
    private final List<Read> reads = new ArrayList<>();

    /** @param weights (rows, heads, keys) */
    private record Read(int layer, Medium medium, int[] rows, Tensor weights) {}

    KeptAttention(TensorOwner owner) {
        this.owner = owner;
    }

    /** @param rows the text rows whose attention it is; no row twice in a layer */
    void read(int layer, Medium medium, int[] rows, RowAttention read) {
        reads.add(new Read(layer, medium, rows, owner.own(read.weights())));
    }

    /** Of each row, by layer. */
    Map<Integer, List<AttentionRow>> byRow() {
        Map<Integer, List<AttentionRow>> byRow = new TreeMap<>();
        for (Read read : reads) {
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
        return byRow;
    }
}
