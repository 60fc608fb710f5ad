package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.AttentionRow;
import sightline.tensor.HostArrays;
import sightline.tensor.TensorOwner;

/** Keeps what read-out rows attend to. */
final class ReadOutAttention {
    private final TensorOwner owner;
    private final Map<Integer, Tensor> weights = new LinkedHashMap<>(); // by layer: (rows, heads, keys)

    ReadOutAttention(TensorOwner owner) {
        this.owner = owner;
    }

    void read(int layer, RowAttention read) {
        weights.put(layer, owner.own(read.weights()));
    }

    /** By row, then by layer. */
    List<AttentionRow> rows(int... rows) {
        List<List<AttentionRow>> byRow = new ArrayList<>();
        Arrays.stream(rows).forEach(row -> byRow.add(new ArrayList<>()));
        weights.forEach((layer, tensor) -> {
            float[] all = HostArrays.floats(tensor);
            int heads = Math.toIntExact(tensor.size(1));
            int keys = Math.toIntExact(tensor.size(2));
            for (int i = 0; i < rows.length; i++) {
                float[][] ofRow = new float[heads][];
                for (int head = 0; head < heads; head++) {
                    int from = (i * heads + head) * keys;
                    ofRow[head] = Arrays.copyOfRange(all, from, from + keys);
                }
                byRow.get(i).add(new AttentionRow(layer, rows[i], ofRow));
            }
        });
        return byRow.stream().flatMap(List::stream).toList();
    }
}
