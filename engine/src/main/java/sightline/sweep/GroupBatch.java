package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sightline.plan.LayerPlan;
import sightline.tensor.Portions;

/**
 * Groups of states whose attention is computed in one go: with few rows to a group, it is the number of calls that costs,
 * not the numbers. Groups with fewer rows or a shorter context than the others are filled up.
 *
 * @param groups in one batch
 * @param rows of the largest group
 * @param keys of the longest context
 */
record GroupBatch(List<LayerPlan.Group> groups, int rows, int keys) {
    /**
     * All groups of a layer in batches, larger ones cut where their scores would be too many to hold.
     *
     * @param heads query heads
     */
    static List<GroupBatch> of(List<LayerPlan.Group> groups, long heads, Portions portions) {
        List<LayerPlan.Group> pieces = new ArrayList<>();
        groups.forEach(group -> cut(group, portions.scores() / heads, pieces));
        pieces.sort(Comparator.comparingInt((LayerPlan.Group piece) -> piece.states().length)
                .reversed());
        List<GroupBatch> batches = new ArrayList<>();
        List<LayerPlan.Group> open = new ArrayList<>();
        for (LayerPlan.Group piece : pieces) {
            open.add(piece);
            GroupBatch with = of(open);
            boolean fits =
                    with.scores(heads) <= portions.scores() && with.rows <= portions.fill() * piece.states().length;
            if (!fits && open.size() > 1) {
                open.remove(open.size() - 1);
                batches.add(of(open));
                open.clear();
                open.add(piece);
            }
        }
        if (!open.isEmpty()) {
            batches.add(of(open));
        }
        return batches;
    }

    private static GroupBatch of(List<LayerPlan.Group> groups) {
        int rows = 0;
        int keys = 0;
        for (LayerPlan.Group group : groups) {
            rows = Math.max(rows, group.states().length);
            keys = Math.max(keys, group.context().length);
        }
        return new GroupBatch(List.copyOf(groups), rows, keys);
    }

    private static void cut(LayerPlan.Group group, long scores, List<LayerPlan.Group> pieces) {
        int[] states = group.states();
        long most = Math.max(1, scores / (group.context().length + 1));
        if (states.length <= most) {
            pieces.add(group);
            return;
        }
        for (int first = 0; first < states.length; first += (int) most) {
            int end = (int) Math.min(states.length, first + most);
            pieces.add(new LayerPlan.Group(Arrays.copyOfRange(states, first, end), group.context()));
        }
    }

    private double scores(long heads) {
        return (double) groups.size() * rows * heads * (keys + 1);
    }

    /** The states in the order of the batch's rows; −1 in rows that only fill up. */
    int[] states() {
        int[] states = new int[groups.size() * rows];
        Arrays.fill(states, -1);
        for (int i = 0; i < groups.size(); i++) {
            int[] some = groups.get(i).states();
            System.arraycopy(some, 0, states, i * rows, some.length);
        }
        return states;
    }

    /** The state below at each position of each group's context, and one place more; −1 where none is read. */
    int[] contexts() {
        int width = keys + 1;
        int[] contexts = new int[groups.size() * width];
        Arrays.fill(contexts, -1);
        for (int i = 0; i < groups.size(); i++) {
            int[] some = groups.get(i).context();
            System.arraycopy(some, 0, contexts, i * width, some.length);
        }
        return contexts;
    }
}
