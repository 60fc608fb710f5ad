package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.AttentionRow;
import sightline.knockout.Medium;
import sightline.tensor.HostArrays;
import sightline.tensor.TensorOwner;

/** Keeps what read-out rows attend to. */
final class ReadOutAttention {
    private final TensorOwner owner;
    private final List<Read> layers = new ArrayList<>();

    /** @param weights (rows, heads, keys) */
    private record Read(int layer, Medium medium, Tensor weights) {}

    ReadOutAttention(TensorOwner owner) {
        this.owner = owner;
    }

    void read(int layer, Medium medium, RowAttention read) {
        layers.add(new Read(layer, medium, owner.own(read.weights())));
    }

    /** By row, then by layer. */
    List<AttentionRow> rows(int... rows) {
        List<List<AttentionRow>> byRow = new ArrayList<>();
        Arrays.stream(rows).forEach(row -> byRow.add(new ArrayList<>()));
        for (Read read : layers) {
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
        return byRow.stream().flatMap(List::stream).toList();
    }
}
