package sightline.knockout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct states behind one layer. A state is one row's hidden state; two are one if all that they are computed
 * from is one: the row's state a layer below, what the row may read, and the states that it reads.
 */
final class PlannedStates {
    /**
     * A state.
     *
     * @param source number of the same position's state a layer below
     * @param position text position
     * @param view what the row reads: a SelfView or a CrossView
     * @param context the lineage below whose first {@code position} states it reads; null if it reads none
     */
    record State(int source, int position, Object view, Lineage context) {}

    /**
     * The states of successive positions, as one or more variants have them.
     *
     * @param id distinct within the layer
     * @param states state number at each position, from 0 on
     * @param prefixes at index n a number for the first n states: equal for equal states
     */
    record Lineage(int id, int[] states, int[] prefixes) {}

    private record Key(int source, Object view, Pathway cutBy, int prefix) {}

    private record Step(int prefix, int state) {}

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final Map<Step, Integer> prefixNumbers = new HashMap<>();
    private final Map<Integer, Lineage> firstWithPrefix = new HashMap<>();
    private int lineages;

    List<State> states() {
        return states;
    }

    /**
     * The number of a state, new or known.
     *
     * @param cutBy the pathway that made the view what it is; null if the row reads what it does uncut. Cuts of different
     *     pathways count as different even where one row happens to come out alike, as in the reference count
     * @param below the layer below
     * @param prefix number of the states below that it reads, 0 if none
     */
    int number(int source, int position, Object view, Pathway cutBy, PlannedStates below, int prefix) {
        return numbers.computeIfAbsent(new Key(source, view, cutBy, prefix), key -> {
            states.add(new State(source, position, view, prefix == 0 ? null : below.firstWithPrefix.get(prefix)));
            return states.size() - 1;
        });
    }

    /** The lineage of these states. Make longer ones first: rows then share the longest as their context. */
    Lineage lineage(int[] stateNumbers) {
        int[] prefixes = new int[stateNumbers.length + 1];
        for (int i = 0; i < stateNumbers.length; i++) {
            prefixes[i + 1] = prefixNumbers.computeIfAbsent(
                    new Step(prefixes[i], stateNumbers[i]), step -> prefixNumbers.size() + 1);
        }
        Lineage lineage = new Lineage(lineages++, stateNumbers, prefixes);
        for (int prefix : prefixes) {
            firstWithPrefix.putIfAbsent(prefix, lineage);
        }
        return lineage;
    }
}
