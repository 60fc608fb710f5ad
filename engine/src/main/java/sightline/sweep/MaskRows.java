package sightline.sweep;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Numbers;

/**
 * The distinct mask rows of a plan, by their width: batches take theirs from these few. (A walk of 53,000 states at the 11B
 * model's shapes knows 168.)
 */
final class MaskRows {
    private final Map<Integer, Table> tables = new LinkedHashMap<>();

    /** The mask rows of one width. */
    static final class Table {
        private final int width;
        private final Map<BitSet, Integer> known = new LinkedHashMap<>();
        private Numbers rows;

        private Table(int width) {
            this.width = width;
        }

        /** The row in which these keys are blocked. The set must not be written to afterwards. */
        int row(BitSet blocked) {
            return known.computeIfAbsent(blocked, unknown -> known.size());
        }

        private void add(DeviceBlock block) {
            float[] mask = new float[known.size() * width];
            List<BitSet> inOrder = new ArrayList<>(known.keySet());
            for (int row = 0; row < inOrder.size(); row++) {
                int start = row * width;
                inOrder.get(row).stream().forEach(key -> mask[start + key] = Float.NEGATIVE_INFINITY);
            }
            rows = block.numbers(mask, known.size(), width);
        }

        /** (rows, width), 0 for open and −∞ for blocked. */
        Numbers rows() {
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
