package sightline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.plan.RowView;
import sightline.tensor.BlockTensor;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Rows;

/**
 * What some rows read of a picture, and whose MLP output counts. The same in all layers that read the picture, so its row
 * numbers and masks go to the device once.
 */
public final class ImageReading {
    /**
     * Rows of one view whose query decides.
     *
     * @param among their numbers among all rows that ask
     * @param mask (1, tokens in view); null if all are open
     */
    private record Asking(Rows rows, Rows among, int tokens, BlockTensor mask) {}

    /**
     * Rows that read the same mean, or nothing.
     *
     * @param open (1, all tokens, 1): 1 where a token counts; null if all do, or none
     */
    private record Alike(Rows rows, int tokens, BlockTensor open) {}

    private final List<Asking> asking = new ArrayList<>();
    private final List<Alike> alike = new ArrayList<>();
    private final Rows allAsking;
    private final BlockTensor mlpFactor;

    /**
     * Adds it to what goes to the device.
     *
     * @param views one per row
     * @param withoutMlp rows whose MLP output counts as 0
     * @param tokens all vision tokens, padding ones included
     */
    public ImageReading(RowView[] views, int[] withoutMlp, int tokens, DeviceBlock block) {
        Map<RowView, List<Integer>> rowsOf = new LinkedHashMap<>();
        int[] place = new int[views.length];
        int[] asks = new int[views.length];
        int count = 0;
        for (int row = 0; row < views.length; row++) {
            rowsOf.computeIfAbsent(views[row].unsilenced(), view -> new ArrayList<>())
                    .add(row); // heads are silenced in what was read
            if (views[row].asks()) {
                place[row] = count;
                asks[count++] = row;
            }
        }
        allAsking = block.rows(Arrays.copyOf(asks, count));
        rowsOf.forEach((view, list) -> {
            int[] rows = list.stream().mapToInt(Integer::intValue).toArray();
            if (view.asks()) {
                int[] among = Arrays.stream(rows).map(row -> place[row]).toArray();
                asking.add(new Asking(block.rows(rows), block.rows(among), view.keys(), mask(view, block)));
            } else {
                alike.add(new Alike(block.rows(rows), view.keys(), open(view, tokens, block)));
            }
        });
        mlpFactor = withoutMlp.length == 0 ? null : factor(views.length, withoutMlp, block);
    }

    private static BlockTensor mask(RowView view, DeviceBlock block) {
        if (view.blocked() == null) {
            return null;
        }
        float[] mask = new float[view.keys()];
        view.blocked().stream().forEach(token -> mask[token] = Float.NEGATIVE_INFINITY);
        return block.tensor(mask, 1, mask.length);
    }

    private static BlockTensor open(RowView view, int tokens, DeviceBlock block) {
        if (view.keys() == 0 || view.keys() == tokens) {
            return null;
        }
        float[] open = new float[tokens];
        Arrays.fill(open, 0, view.keys(), 1);
        return block.tensor(open, 1, tokens, 1);
    }

    /** (rows, 1): 0 in these rows, 1 in the others. */
    private static BlockTensor factor(int rows, int[] zero, DeviceBlock block) {
        float[] factor = new float[rows];
        Arrays.fill(factor, 1);
        for (int row : zero) {
            factor[row] = 0;
        }
        return block.tensor(factor, rows, 1);
    }

    /** The rows whose query decides what they read. */
    public Rows asking() {
        return allAsking;
    }

    /**
     * Puts down what each row reads.
     *
     * @param queries of the rows that ask, in their order (asking rows, heads, size); null if none does
     * @param attended (rows, heads · size), overwritten
     */
    public void read(ImageKeys keys, Tensor queries, Tensor attended) {
        for (Asking some : asking) {
            Tensor mask = some.mask() == null ? null : some.mask().tensor();
            some.rows().replace(attended, keys.softmax(some.among().of(queries), some.tokens(), mask));
        }
        for (Alike some : alike) {
            Tensor each = some.open() != null
                    ? keys.mean(some.open().tensor(), some.tokens())
                    : some.tokens() == 0 ? keys.nothing() : keys.mean();
            some.rows().replace(attended, each.expand(some.rows().count(), attended.size(1)));
        }
    }

    /** The factors of the MLP output of rows first … first + count − 1: (count, 1), 0 or 1; null if all count. */
    public Tensor mlpFactor(int first, int count) {
        return mlpFactor == null ? null : mlpFactor.tensor().narrow(0, first, count);
    }
}
