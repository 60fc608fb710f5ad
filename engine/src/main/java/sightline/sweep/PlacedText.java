package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import sightline.plan.LayerPlan;
import sightline.plan.RowView;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Portions;
import sightline.tensor.Rows;

/**
 * A layer that reads text.
 *
 * @param source as in {@link PlacedLayer}
 * @param silenced as in {@link PlacedLayer}
 * @param below the text row of each state below whose key and value are computed
 * @param queried the states below whose queries are needed
 * @param queriedBelow the text rows of those
 * @param batches the states by what they read, for attention
 * @param means states that read a mean
 * @param nothing states that read nothing
 */
record PlacedText(
        Rows source,
        SilencedHeads silenced,
        Rows below,
        Rows queried,
        Rows queriedBelow,
        List<PlacedBatch> batches,
        List<Mean> means,
        Rows nothing)
        implements PlacedLayer {
    /**
     * A state that reads a mean.
     *
     * @param state it alone
     * @param read the states below that it reads
     */
    record Mean(Rows state, Rows read) {}

    /**
     * @param rowsBelow the text row of each state below
     * @param shared how many of the first states below have a key and a value already
     * @param heads query heads
     */
    static PlacedText of(
            LayerPlan plan,
            int[] rowsBelow,
            int shared,
            long heads,
            Portions portions,
            SilencedHeads silenced,
            MaskRows masks,
            DeviceBlock block) {
        int[] queried = plan.queried();
        int[] queryOf = Arrays.stream(plan.source())
                .map(state -> Arrays.binarySearch(queried, state))
                .toArray();
        List<PlacedBatch> batches = new ArrayList<>();
        IdentityHashMap<int[], Rows> contexts =
                new IdentityHashMap<>(); // the pieces of a group that was cut share theirs
        for (GroupBatch batch : GroupBatch.of(plan.groups(), heads, portions)) {
            Rows context = batch.groups().size() == 1
                    ? contexts.computeIfAbsent(
                            batch.groups().get(0).context(), same -> block.rows(PlacedBatch.readable(batch.contexts())))
                    : block.rows(PlacedBatch.readable(batch.contexts()));
            batches.add(PlacedBatch.of(batch, context, plan, queryOf, masks, block));
        }
        List<Mean> means = new ArrayList<>();
        List<Integer> nothing = new ArrayList<>();
        for (LayerPlan.Group group : plan.groups()) {
            for (int state : group.states()) {
                RowView view = plan.views()[state];
                if (!view.asks() && view.keys() == 0) {
                    nothing.add(state);
                } else if (!view.asks()) {
                    means.add(new Mean(block.rows(new int[] {state}), block.rows(meant(state, group, plan))));
                }
            }
        }
        return new PlacedText(
                block.rows(plan.source()),
                silenced,
                block.rows(Arrays.copyOfRange(rowsBelow, shared, rowsBelow.length)),
                block.rows(queried),
                block.rows(Arrays.stream(queried).map(state -> rowsBelow[state]).toArray()),
                batches,
                means,
                block.rows(nothing.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** The states below that a state reads the mean of, its own among them. */
    private static int[] meant(int state, LayerPlan.Group group, LayerPlan plan) {
        int[] rows = Arrays.copyOf(group.context(), plan.views()[state].keys());
        rows[plan.rows()[state]] = plan.source()[state];
        return rows;
    }
}
