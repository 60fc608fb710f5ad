package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.plan.RowView;
import sightline.tensor.BlockTensor;
import sightline.tensor.DeviceBlock;

/**
 * The distinct mask rows of a plan, by their width: batches take theirs from these few. (A walk of 53,000 states at the 11B
 * model's shapes knows some 170.)
 */
final class MaskRows {
    private final Map<Integer, Table> tables = new LinkedHashMap<>();

    /** A text row and what it reads. */
    private record Reader(RowView view, int row) {}

    /** The mask rows of one width: keys in view, and in the last place a row's own. */
    static final class Table {
        private final int width;
        private final List<BitSet> blocked = new ArrayList<>();
        private final Map<BitSet, Integer> known = new HashMap<>();
        private final int[] open;
        private final Map<Reader, int[]> ofReader = new HashMap<>(); // few, each many times
        private BlockTensor rows;

        private Table(int width) {
            this.width = width;
            this.open = unknown();
        }

        private int[] unknown() {
            int[] rows = new int[width];
            Arrays.fill(rows, -1);
            return rows;
        }

        /** The row that leaves the first keys open, and the own one. */
        int row(int readable) {
            if (open[readable] < 0) {
                open[readable] = number(new BitSet(width), readable);
            }
            return open[readable];
        }

        /**
         * The same, less what a view blocks.
         *
         * @param own the row's own number, by which the view knows it
         */
        int row(int readable, RowView view, int own) {
            if (view.blocked() == null) {
                return row(readable);
            }
            int[] rows = ofReader.computeIfAbsent(new Reader(view, own), unknown -> unknown());
            if (rows[readable] < 0) {
                BitSet keys = view.blocked().get(0, readable);
                keys.set(width - 1, view.blocked().get(own));
                rows[readable] = number(keys, readable);
            }
            return rows[readable];
        }

        private int number(BitSet keys, int readable) {
            keys.set(readable, width - 1);
            return known.computeIfAbsent(keys, unknown -> {
                blocked.add(keys);
                return known.size();
            });
        }

        private void add(DeviceBlock block) {
            float[] mask = new float[blocked.size() * width];
            for (int row = 0; row < blocked.size(); row++) {
                int start = row * width;
                blocked.get(row).stream().forEach(key -> mask[start + key] = Float.NEGATIVE_INFINITY);
            }
            rows = block.tensor(mask, blocked.size(), width);
        }

        /** (rows, width), 0 for open and −∞ for blocked. */
        BlockTensor rows() {
            return rows;
        }
    }

    /** The mask rows of so many keys. */
    Table ofWidth(int width) {
        return tables.computeIfAbsent(width, Table::new);
    }

    /** Adds all to what goes to the device, once all are known. */
    void addTo(DeviceBlock block) {
        tables.values().forEach(table -> table.add(block));
    }
}
