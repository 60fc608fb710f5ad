package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distinct states behind one layer. A state is one row's hidden state; two are one if all that they are computed
 * from is one: the row's state a layer below, what the row reads, and, if it reads any row before it, the states of all of these.
 */
final class NumberedStates {
    /** The context of states that read no other row. */
    static final int NO_CONTEXT = -1;

    /**
     * The states of successive rows, as one or more variants have them.
     *
     * @param states state number of each row, from 0 on
     * @param prefixes at index n a number for the first n states: equal for equal states
     */
    @SuppressWarnings("ArrayRecordComponent") // read in the planner's innermost loops
    record Lineage(int id, int[] states, int[] prefixes) {}

    private final TripleNumbers numbers; // of the state below, the view and the prefix read
    private final TripleNumbers
            prefixes; // of the prefix before and one state more; number 0 is prefix 1, 0 the empty one
    private final List<Lineage> lineages = new ArrayList<>();
    private int[] rows;
    private int[] contexts;
    private int[] lineageOfPrefix;

    /** @param expected states, about */
    NumberedStates(int expected) {
        numbers = new TripleNumbers(expected);
        prefixes = new TripleNumbers(expected);
        rows = new int[expected];
        contexts = new int[expected];
        lineageOfPrefix = new int[expected];
    }

    int size() {
        return numbers.size();
    }

    /** Number of the same row's state a layer below. */
    int source(int state) {
        return numbers.first(state);
    }

    /** Text row. */
    int row(int state) {
        return rows[state];
    }

    /** Number of what the row reads. */
    int view(int state) {
        return numbers.second(state);
    }

    /** Number of the lineage below whose first states it reads, or {@link #NO_CONTEXT}. */
    int context(int state) {
        return contexts[state];
    }

    List<Lineage> lineages() {
        return lineages;
    }

    /**
     * The number of a state, new or known.
     *
     * @param below the layer below
     * @param prefix number of the states below that it reads, 0 if none
     */
    int number(int source, int row, int view, NumberedStates below, int prefix) {
        int before = numbers.size();
        int number = numbers.number(source, view, prefix);
        if (number == before) {
            if (number == rows.length) {
                rows = Arrays.copyOf(rows, 2 * number + 1);
                contexts = Arrays.copyOf(contexts, rows.length);
            }
            rows[number] = row;
            contexts[number] = prefix == 0 ? NO_CONTEXT : below.lineageOfPrefix[prefix];
        }
        return number;
    }

    /** The lineage of these states. Make longer ones first: rows then share the longest as their context. */
    Lineage lineage(int[] states) {
        int[] ofStates = new int[states.length + 1];
        for (int i = 0; i < states.length; i++) {
            int before = prefixes.size();
            int prefix = prefixes.number(ofStates[i], states[i], 0) + 1;
            if (prefix > before) {
                if (prefix >= lineageOfPrefix.length) {
                    lineageOfPrefix = Arrays.copyOf(lineageOfPrefix, 2 * prefix + 1);
                }
                lineageOfPrefix[prefix] = lineages.size();
            }
            ofStates[i + 1] = prefix;
        }
        Lineage lineage = new Lineage(lineages.size(), states, ofStates);
        lineages.add(lineage);
        return lineage;
    }
}
