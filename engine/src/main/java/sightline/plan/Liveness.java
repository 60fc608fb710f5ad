package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sightline.knockout.Medium;

/**
 * Drops the states that no reading needs, and numbers the rest anew, in their old order.
 *
 * <p>A state is needed if it is read behind the last layer, or a needed state above is computed from it.
 */
final class Liveness {
    private final List<NumberedStates> layers;
    private final RowViews views;
    private final List<int[]> newNumbers = new ArrayList<>();
    private final List<int[]> live = new ArrayList<>();

    /** @param all the states behind each layer, and the tips, at which they are read */
    Liveness(Numbering.Numbered all, RowViews views) {
        this.layers = all.layers();
        this.views = views;
        int last = layers.size() - 1;
        boolean[] needed = new boolean[layers.get(last).size()];
        for (int[] tips : all.tips()) {
            mark(tips, tips.length, needed);
        }
        mark(all.baselineTips(), all.baselineTips().length, needed);
        for (int entry = last; entry > 0; entry--) {
            int[] states = keep(needed);
            needed = neededBelow(entry, states);
        }
        keep(needed);
    }

    /** Numbers the needed states of an entry, which is below all before. */
    private int[] keep(boolean[] needed) {
        int[] states = new int[needed.length];
        int[] numbers = new int[needed.length];
        int size = 0;
        for (int state = 0; state < needed.length; state++) {
            if (needed[state]) {
                states[size] = state;
                numbers[state] = size++;
            } else {
                numbers[state] = -1;
            }
        }
        live.add(0, Arrays.copyOf(states, size));
        newNumbers.add(0, numbers);
        return live.get(0);
    }

    /** States that share a context need its first rows, so the longest stretch of each context is marked once. */
    private boolean[] neededBelow(int entry, int[] states) {
        NumberedStates here = layers.get(entry);
        List<NumberedStates.Lineage> contexts = layers.get(entry - 1).lineages();
        int[] longest = new int[contexts.size()];
        boolean[] below = new boolean[layers.get(entry - 1).size()];
        for (int state : states) {
            below[here.source(state)] = true;
            int context = here.context(state);
            if (context != NumberedStates.NO_CONTEXT) {
                BitSet blocked = views.view(here.view(state)).blocked();
                if (blocked == null) {
                    longest[context] = Math.max(
                            longest[context], views.view(here.view(state)).reach(here.row(state)));
                } else {
                    markBut(blocked, contexts.get(context).states(), here.row(state), below);
                }
            }
        }
        for (int context = 0; context < longest.length; context++) {
            mark(contexts.get(context).states(), longest[context], below);
        }
        return below;
    }

    private static void mark(int[] states, int end, boolean[] needed) {
        for (int row = 0; row < end; row++) {
            needed[states[row]] = true;
        }
    }

    private static void markBut(BitSet blocked, int[] states, int end, boolean[] needed) {
        for (int row = blocked.nextClearBit(0); row < end; row = blocked.nextClearBit(row + 1)) {
            needed[states[row]] = true;
        }
    }

    /** The new number of a state behind the last layer. */
    int tip(int oldNumber) {
        return newNumbers.get(layers.size() - 1)[oldNumber];
    }

    /** Text rows whose embeddings are needed, in the order of their new numbers. */
    int[] embeddings() {
        NumberedStates states = layers.get(0);
        int[] rows = new int[live.get(0).length];
        for (int state = 0; state < rows.length; state++) {
            rows[state] = states.row(live.get(0)[state]);
        }
        return rows;
    }

    /**
     * A layer's plan.
     *
     * @param dropsMlp whether this layer's MLP counts as 0 in a text row
     */
    LayerPlan layer(int layer, Medium medium, BitSet dropsMlp) {
        NumberedStates states = layers.get(layer + 1);
        int[] here = live.get(layer + 1);
        int[] below = newNumbers.get(layer);
        int[] source = new int[here.length];
        int[] rows = new int[here.length];
        RowView[] read = new RowView[here.length];
        int[] withoutMlp = new int[here.length];
        int without = 0;
        for (int state = 0; state < here.length; state++) {
            source[state] = below[states.source(here[state])];
            rows[state] = states.row(here[state]);
            read[state] = views.view(states.view(here[state]));
            if (dropsMlp.get(rows[state])) {
                withoutMlp[without++] = state;
            }
        }
        List<LayerPlan.Group> groups = medium == Medium.IMAGE ? List.of() : groups(layer, rows);
        return new LayerPlan(medium, source, rows, read, Arrays.copyOf(withoutMlp, without), groups);
    }

    /** The states of one context, while they are gathered. */
    private static final class Gathered {
        private final int context;
        private int[] states = new int[8];
        private int size;
        private int longest;

        Gathered(int context) {
            this.context = context;
        }

        void add(int state, int reach) {
            if (size == states.length) {
                states = Arrays.copyOf(states, 2 * size);
            }
            states[size++] = state;
            longest = Math.max(longest, reach);
        }
    }

    private List<LayerPlan.Group> groups(int layer, int[] rows) {
        NumberedStates states = layers.get(layer + 1);
        int[] here = live.get(layer + 1);
        Gathered[] byContext =
                new Gathered[layers.get(layer).lineages().size() + 1]; // entry 0: states without a context
        List<Gathered> inOrder = new ArrayList<>();
        for (int state = 0; state < here.length; state++) {
            int context = states.context(here[state]);
            Gathered gathered = byContext[context + 1];
            if (gathered == null) {
                gathered = new Gathered(context);
                byContext[context + 1] = gathered;
                inOrder.add(gathered);
            }
            gathered.add(state, views.view(states.view(here[state])).reach(rows[state]));
        }
        List<LayerPlan.Group> groups = new ArrayList<>();
        for (Gathered gathered : inOrder) {
            groups.add(new LayerPlan.Group(
                    Arrays.copyOf(gathered.states, gathered.size),
                    gathered.context == NumberedStates.NO_CONTEXT
                            ? new int[0]
                            : context(layer, gathered.context, gathered.longest)));
        }
        return groups;
    }

    private int[] context(int layer, int context, int length) {
        int[] below = newNumbers.get(layer);
        int[] old = layers.get(layer).lineages().get(context).states();
        int[] rows = new int[length];
        for (int row = 0; row < length; row++) {
            rows[row] = below[old[row]];
        }
        return rows;
    }
}
