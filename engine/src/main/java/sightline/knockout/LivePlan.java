package sightline.knockout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.checkpoint.TextConfig;
import sightline.knockout.PlannedStates.Lineage;
import sightline.knockout.PlannedStates.State;
import sightline.model.CrossView;
import sightline.model.SelfView;

/**
 * Drops the states that no read-out needs, and numbers the rest anew.
 *
 * <p>A state is needed if it is a tip behind the last layer, or a needed state above is computed from it.
 */
final class LivePlan {
    private final TextConfig config;
    private final List<PlannedStates> layers;
    private final List<int[]> newNumbers = new ArrayList<>();

    /** @param layers entry 0 the embeddings, then the states behind each layer */
    LivePlan(TextConfig config, List<PlannedStates> layers, BitSet readOut) {
        this.config = config;
        this.layers = layers;
        BitSet needed = readOut;
        for (int entry = layers.size() - 1; entry >= 0; entry--) {
            List<State> states = layers.get(entry).states();
            newNumbers.add(0, renumbered(needed, states.size()));
            if (entry > 0) {
                needed = neededBelow(states, needed);
            }
        }
    }

    private static int[] renumbered(BitSet needed, int size) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, -1);
        int next = 0;
        for (int state = needed.nextSetBit(0); state >= 0; state = needed.nextSetBit(state + 1)) {
            numbers[state] = next++;
        }
        return numbers;
    }

    private static BitSet neededBelow(List<State> states, BitSet needed) {
        BitSet below = new BitSet();
        needed.stream().forEach(number -> {
            State state = states.get(number);
            below.set(state.source());
            if (state.context() != null) {
                BitSet blocked = ((SelfView) state.view()).blocked();
                for (int row = 0; row < state.position(); row++) {
                    if (blocked == null || !blocked.get(row)) {
                        below.set(state.context().states()[row]);
                    }
                }
            }
        });
        return below;
    }

    /** The new number of a state behind the last layer. */
    int tip(int oldNumber) {
        return newNumbers.get(layers.size() - 1)[oldNumber];
    }

    /** Text positions whose embeddings are needed, in the order of their new numbers. */
    int[] embeddings() {
        List<State> states = layers.get(0).states();
        return live(0).stream()
                .mapToInt(number -> states.get(number).position())
                .toArray();
    }

    private List<Integer> live(int entry) {
        List<Integer> live = new ArrayList<>();
        int[] numbers = newNumbers.get(entry);
        for (int old = 0; old < numbers.length; old++) {
            if (numbers[old] >= 0) {
                live.add(old);
            }
        }
        return live;
    }

    PlannedLayer layer(int layer) {
        boolean cross = config.isCrossAttention(layer);
        List<State> states = layers.get(layer + 1).states();
        List<State> live = live(layer + 1).stream().map(states::get).toList();
        int[] below = newNumbers.get(layer);
        int[] source = live.stream().mapToInt(state -> below[state.source()]).toArray();
        int[] positions = live.stream().mapToInt(State::position).toArray();
        if (cross) {
            CrossView[] views =
                    live.stream().map(state -> (CrossView) state.view()).toArray(CrossView[]::new);
            return new PlannedLayer(true, source, positions, null, views, List.of());
        }
        SelfView[] views = live.stream().map(state -> (SelfView) state.view()).toArray(SelfView[]::new);
        return new PlannedLayer(false, source, positions, views, null, groups(live, below));
    }

    private static List<PlannedLayer.Group> groups(List<State> live, int[] below) {
        Map<Integer, List<Integer>> byContext = new LinkedHashMap<>();
        Map<Integer, Lineage> contexts = new LinkedHashMap<>();
        for (int state = 0; state < live.size(); state++) {
            Lineage context = live.get(state).context();
            int id = context == null ? -1 : context.id();
            byContext.computeIfAbsent(id, key -> new ArrayList<>()).add(state);
            contexts.put(id, context);
        }
        List<PlannedLayer.Group> groups = new ArrayList<>();
        byContext.forEach((id, list) -> {
            int[] states = list.stream().mapToInt(Integer::intValue).toArray();
            int[] context = {};
            if (id >= 0) {
                int length = Arrays.stream(states)
                        .map(state -> live.get(state).position())
                        .max()
                        .orElse(0);
                Lineage lineage = contexts.get(id);
                context = new int[length];
                for (int row = 0; row < length; row++) {
                    context[row] = below[lineage.states()[row]];
                }
            }
            groups.add(new PlannedLayer.Group(states, context));
        });
        return groups;
    }
}
