package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * @param layers entry 0 the embeddings, then the states behind each layer
     * @param read the states behind the last layer that are read
     */
    Liveness(List<NumberedStates> layers, RowViews views, BitSet read) {
        this.layers = layers;
        this.views = views;
        BitSet needed = read;
        for (int entry = layers.size() - 1; entry >= 0; entry--) {
            int[] states = needed.stream().toArray();
            live.add(0, states);
            newNumbers.add(0, renumbered(states, layers.get(entry).size()));
            if (entry > 0) {
                needed = neededBelow(entry, states);
            }
        }
    }

    private static int[] renumbered(int[] live, int size) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, -1);
        for (int number = 0; number < live.length; number++) {
            numbers[live[number]] = number;
        }
        return numbers;
    }

    /** States that share a context need its first rows, so the longest stretch of each context is marked once. */
    private BitSet neededBelow(int entry, int[] states) {
        NumberedStates here = layers.get(entry);
        List<NumberedStates.Lineage> contexts = layers.get(entry - 1).lineages();
        int[] longest = new int[contexts.size()];
        BitSet below = new BitSet(layers.get(entry - 1).size());
        for (int state : states) {
            below.set(here.source(state));
            int context = here.context(state);
            if (context != NumberedStates.NO_CONTEXT) {
                BitSet blocked = views.view(here.view(state)).blocked();
                if (blocked == null) {
                    longest[context] = Math.max(longest[context], here.row(state));
                } else {
                    mark(contexts.get(context), here.row(state), blocked, below);
                }
            }
        }
        for (int context = 0; context < longest.length; context++) {
            for (int row = 0; row < longest[context]; row++) {
                below.set(contexts.get(context).states()[row]);
            }
        }
        return below;
    }

    private static void mark(NumberedStates.Lineage context, int end, BitSet blocked, BitSet below) {
        for (int row = blocked.nextClearBit(0); row < end; row = blocked.nextClearBit(row + 1)) {
            below.set(context.states()[row]);
        }
    }

    /** The new number of a state behind the last layer. */
    int tip(int oldNumber) {
        return newNumbers.get(layers.size() - 1)[oldNumber];
    }

    /** Text rows whose embeddings are needed, in the order of their new numbers. */
    int[] embeddings() {
        NumberedStates states = layers.get(0);
        return Arrays.stream(live.get(0)).map(states::row).toArray();
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
        private int[] states = new int[8];
        private int size;
        private int longest;

        void add(int state, int row) {
            if (size == states.length) {
                states = Arrays.copyOf(states, 2 * size);
            }
            states[size++] = state;
            longest = Math.max(longest, row);
        }
    }

    private List<LayerPlan.Group> groups(int layer, int[] rows) {
        NumberedStates states = layers.get(layer + 1);
        int[] here = live.get(layer + 1);
        Map<Integer, Gathered> byContext = new LinkedHashMap<>();
        for (int state = 0; state < here.length; state++) {
            byContext
                    .computeIfAbsent(states.context(here[state]), context -> new Gathered())
                    .add(state, rows[state]);
        }
        List<LayerPlan.Group> groups = new ArrayList<>();
        byContext.forEach((context, gathered) -> groups.add(new LayerPlan.Group(
                Arrays.copyOf(gathered.states, gathered.size),
                context == NumberedStates.NO_CONTEXT ? new int[0] : context(layer, context, gathered.longest))));
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
