package sightline.plan;

import java.util.Arrays;
import java.util.List;
import sightline.knockout.Medium;

/** Which states of a plan stand for the text rows with nothing cut. */
final class UncutRows {
    /** No state does: nothing that is read off depends on the row here. */
    static final int NONE = -1;

    private UncutRows() {}

    /**
     * Follows the plan down from what is read out.
     *
     * @param tips the last rows' states behind the last layer
     * @param textRows of one pass over prompt and answer
     * @return entry 0 the embeddings, then behind each layer: by text row the state, or {@link #NONE}
     */
    static int[][] of(List<LayerPlan> layers, int textRows, int... tips) {
        int[][] states = new int[layers.size() + 1][textRows];
        for (int[] entry : states) {
            Arrays.fill(entry, NONE);
        }
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            LayerPlan plan = layers.get(layer);
            int[] above = states[layer + 1];
            if (layer == layers.size() - 1) {
                for (int tip : tips) {
                    above[plan.rows()[tip]] = tip;
                }
            }
            for (int row = 0; row < textRows; row++) {
                if (above[row] != NONE) {
                    states[layer][row] = plan.source()[above[row]];
                }
            }
            if (plan.medium() == Medium.TEXT) {
                context(plan, above, states[layer]);
            }
        }
        return states;
    }

    /** The rows that the states above read. */
    private static void context(LayerPlan plan, int[] above, int[] below) {
        int[] rowOf = new int[plan.size()]; // of states that stand for an uncut row; otherwise 0, which reads no other
        for (int row = 0; row < above.length; row++) {
            if (above[row] != NONE) {
                rowOf[above[row]] = row;
            }
        }
        for (LayerPlan.Group group : plan.groups()) {
            for (int state : group.states()) {
                System.arraycopy(group.context(), 0, below, 0, Math.min(rowOf[state], group.context().length));
            }
        }
    }
}
