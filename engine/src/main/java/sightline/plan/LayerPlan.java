package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sightline.knockout.Medium;

/**
 * The live states behind one layer, and what each is computed from. Numbers of states below index the layer below, or the
 * embeddings under layer 0. Arrays are shared and must not be written to.
 *
 * @param medium what this layer reads
 * @param source each state's own row in the layer below
 * @param rows each state's text row
 * @param views what each state reads
 * @param withoutMlp states whose MLP output counts as 0, in increasing order
 * @param groups the states by the rows they read; empty in a layer that reads the picture
 */
@SuppressWarnings("ArrayRecordComponent") // one entry per state; a plan is written once
public record LayerPlan(
        Medium medium, int[] source, int[] rows, RowView[] views, int[] withoutMlp, List<Group> groups) {
    /**
     * States that read the same rows below, each up to its own row unless its mean is over more.
     *
     * @param states which
     * @param context the state below at each row, from 0 on; −1 where no state of the group reads it
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Group(int[] states, int[] context) {}

    /** The same without the first states; what the others are computed from stays. */
    public LayerPlan from(int first) {
        if (first == 0) {
            return this;
        }
        List<Group> rest = new ArrayList<>();
        for (Group group : groups) {
            int[] states = Arrays.stream(group.states())
                    .filter(state -> state >= first)
                    .map(state -> state - first)
                    .toArray();
            if (states.length > 0) {
                rest.add(new Group(states, group.context()));
            }
        }
        int[] dropped = Arrays.stream(withoutMlp)
                .filter(state -> state >= first)
                .map(state -> state - first)
                .toArray();
        return new LayerPlan(
                medium,
                Arrays.copyOfRange(source, first, source.length),
                Arrays.copyOfRange(rows, first, rows.length),
                Arrays.copyOfRange(views, first, views.length),
                dropped,
                rest);
    }

    /** How many states. */
    public int size() {
        return source.length;
    }

    /** The states below whose queries a layer that reads text needs, each once, in increasing order. */
    public int[] queried() {
        BitSet queried = new BitSet();
        for (int state : source) {
            queried.set(state);
        }
        int[] states = new int[queried.cardinality()];
        int count = 0;
        for (int state = queried.nextSetBit(0); state >= 0; state = queried.nextSetBit(state + 1)) {
            states[count++] = state;
        }
        return states;
    }

    /** The states whose query decides what they read. */
    public int[] asking() {
        int[] asking = new int[size()];
        int count = 0;
        for (int state = 0; state < asking.length; state++) {
            if (views[state].asks()) {
                asking[count++] = state;
            }
        }
        return Arrays.copyOf(asking, count);
    }

    /** Pairs of a state and a key that it reads or that its attention passes over: text rows, or vision tokens asked. */
    public long keys() {
        long keys = 0;
        for (int state = 0; state < size(); state++) {
            if (medium == Medium.TEXT) {
                keys += rows[state] + 1;
            } else if (views[state].asks()) {
                keys += views[state].keys();
            }
        }
        return keys;
    }
}
