package sightline.sweep;

import java.util.Arrays;
import java.util.stream.IntStream;
import sightline.plan.LayerPlan;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Rows;

/**
 * A {@link GroupBatch} as row numbers: sets of rows, each with keys of its own.
 *
 * @param sets how many
 * @param queries each row's place among the queries
 * @param contexts the states below that a set's rows may read, and one place more, set by set
 * @param own the state below of each row itself
 * @param maskRows each row's mask in the table; a row that only fills up reads itself alone
 * @param masks the table
 * @param real the rows that do not only fill up; null if all do not
 * @param states the states of those
 */
record PlacedBatch(
        int sets, Rows queries, Rows contexts, Rows own, Rows maskRows, MaskRows.Table masks, Rows real, Rows states) {
    /**
     * @param contexts the batch's, readable
     * @param queryOf each state's place among the queries
     */
    static PlacedBatch of(
            GroupBatch batch, Rows contexts, LayerPlan plan, int[] queryOf, MaskRows masks, DeviceBlock block) {
        int[] states = batch.states();
        int[] filled = readable(states);
        int[] real = IntStream.range(0, states.length)
                .filter(row -> states[row] >= 0)
                .toArray();
        MaskRows.Table table = masks.ofWidth(batch.keys() + 1);
        return new PlacedBatch(
                batch.groups().size(),
                block.rows(pick(queryOf, filled)),
                contexts,
                block.rows(pick(plan.source(), filled)),
                block.rows(maskRows(batch, states, plan, table)),
                table,
                real.length < states.length ? block.rows(real) : null,
                block.rows(pick(states, real)));
    }

    /** Places that stand for nothing are masked; any finite key will do. */
    static int[] readable(int[] rows) {
        return Arrays.stream(rows).map(row -> Math.max(row, 0)).toArray();
    }

    private static int[] pick(int[] from, int[] which) {
        return Arrays.stream(which).map(index -> from[index]).toArray();
    }

    /** A state reads the rows before its own position and itself, less what is blocked. */
    private static int[] maskRows(GroupBatch batch, int[] states, LayerPlan plan, MaskRows.Table table) {
        int[] rows = new int[states.length];
        for (int row = 0; row < states.length; row++) {
            int state = states[row];
            int context = batch.groups().get(row / batch.rows()).context().length;
            rows[row] = state < 0
                    ? table.row(0)
                    : table.row(Math.min(plan.rows()[state], context), plan.views()[state], plan.rows()[state]);
        }
        return rows;
    }
}
