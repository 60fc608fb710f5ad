package sightline.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import sightline.knockout.Act;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.mllama.MllamaDefinition;
import sightline.model.EdgeDefinition;
import sightline.model.EdgeDefinition.Edges;

/**
 * Counts the distinct states that a request's read-outs need, from the definition's attention edges alone: every row of every
 * layer of every variant, each known by the layer, what is below it and what it reads. Shares no code with the planner but
 * the list of variants.
 */
final class StatesByDefinition {
    private final Outline asked;
    private final ModelShape shape;
    private final EdgeDefinition definition;
    private final Map<List<Object>, Integer> numbers = new HashMap<>();
    private final List<int[]> inputs = new ArrayList<>();
    private final Set<Integer> embeddings = new HashSet<>();
    private final Set<Integer> needed = new HashSet<>();

    private StatesByDefinition(Outline asked, ModelShape shape, EdgeDefinition definition) {
        this.asked = asked;
        this.shape = shape;
        this.definition = definition;
    }

    static long count(Outline asked, ModelShape shape) {
        return count(asked, shape, new MllamaDefinition());
    }

    static long count(Outline asked, ModelShape shape, EdgeDefinition definition) {
        StatesByDefinition count = new StatesByDefinition(asked, shape, definition);
        for (int token = 0; token < asked.answerTokens(); token++) {
            count.readOut(token, layer -> List.of(), Masking.ZERO);
            for (Variant variant : Variant.distinct(asked, shape)) {
                count.readOut(token, variant::acts, variant.masking());
            }
        }
        return count.needed.stream()
                .filter(state -> !count.embeddings.contains(state))
                .count();
    }

    private void readOut(int token, IntFunction<List<Act>> acts, Masking masking) {
        Layout layout = asked.layout(token);
        int[] states = new int[layout.length()];
        for (int row = 0; row < states.length; row++) {
            states[row] = number(List.of("embedding", row), new int[0]);
            embeddings.add(states[row]);
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            Medium medium = shape.medium(layer);
            Edges edges = edges(
                    medium,
                    layout,
                    acts.apply(layer).stream()
                            .filter(act -> act.medium() == medium)
                            .toList(),
                    masking);
            int[] above = new int[states.length];
            for (int row = 0; row < states.length; row++) {
                above[row] = state(layer, row, states, medium, edges);
            }
            states = above;
        }
        need(states[layout.last()]);
    }

    private Edges edges(Medium medium, Layout layout, List<Act> acts, Masking masking) {
        return definition.edges(medium, layout, asked.rows(), acts, masking);
    }

    private int state(int layer, int row, int[] below, Medium medium, Edges edges) {
        List<Object> read = new ArrayList<>();
        List<Integer> from = new ArrayList<>(List.of(below[row]));
        boolean[] open = edges.open()[row];
        for (int key = 0; key < open.length; key++) {
            if (open[key]) {
                read.add(medium == Medium.TEXT ? below[key] : key);
                if (medium == Medium.TEXT) {
                    from.add(below[key]);
                }
            }
        }
        boolean uniform = edges.uniform()[row] || read.isEmpty();
        return number(
                List.of(layer, below[row], uniform, read),
                from.stream().mapToInt(Integer::intValue).toArray());
    }

    private int number(List<Object> computedFrom, int[] states) {
        Integer known = numbers.putIfAbsent(computedFrom, inputs.size());
        if (known == null) {
            inputs.add(states);
            return inputs.size() - 1;
        }
        return known;
    }

    private void need(int state) {
        Deque<Integer> open = new ArrayDeque<>(List.of(state));
        while (!open.isEmpty()) {
            int next = open.pop();
            if (needed.add(next)) {
                for (int input : inputs.get(next)) {
                    open.push(input);
                }
            }
        }
    }
}
