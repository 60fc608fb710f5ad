package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.checkpoint.TextConfig;
import sightline.model.VisionMemory;
import sightline.tensor.Work;

/**
 * All variants of a sample, folded so that each distinct state is computed once. Knows its cost before it runs.
 */
public final class SweepPlan {
    private final int[] embeddings;
    private final List<PlannedLayer> layers;
    private final Map<Edit, int[]> tips;
    private final int[] baselineTips;
    private final SweepCost cost;

    private SweepPlan(
            int[] embeddings, List<PlannedLayer> layers, Map<Edit, int[]> tips, int[] baselineTips, SweepCost cost) {
        this.embeddings = embeddings;
        this.layers = layers;
        this.tips = tips;
        this.baselineTips = baselineTips;
        this.cost = cost;
    }

    /**
     * Plans a request.
     *
     * @param config of the model
     * @param seen the picture, for its numbers of vision tokens
     */
    public static SweepPlan of(SweepRequest request, TextConfig config, VisionMemory seen) {
        return of(request, config, Edit.distinct(request, config), seen.validTokens(), seen.allTokens());
    }

    static SweepPlan of(SweepRequest request, TextConfig config, List<Edit> edits, int validTokens, int allTokens) {
        SweepPlanner planner = new SweepPlanner(request, config, validTokens, allTokens);
        SweepPlanner.Numbered all = planner.number(edits);
        BitSet readOut = new BitSet();
        all.tips().values().forEach(row -> java.util.Arrays.stream(row).forEach(readOut::set));
        java.util.Arrays.stream(all.baselineTips()).forEach(readOut::set);
        LivePlan live = new LivePlan(config, all.layers(), readOut);
        List<PlannedLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(live.layer(layer));
        }
        Map<Edit, int[]> tips = new HashMap<>();
        all.tips().forEach((edit, row) -> tips.put(edit, renumbered(row, live)));
        int[] embeddings = live.embeddings();
        SweepCost cost = SweepCost.of(request, config, edits.size(), embeddings.length, layers, validTokens, allTokens);
        return new SweepPlan(embeddings, layers, tips, renumbered(all.baselineTips(), live), cost);
    }

    private static int[] renumbered(int[] tips, LivePlan live) {
        return java.util.Arrays.stream(tips).map(live::tip).toArray();
    }

    /** What it costs. */
    public SweepCost cost() {
        return cost;
    }

    /**
     * The products of all layers, as lists of shapes with the operations of {@link #cost()}, the head's left out.
     *
     * @param config of the model
     * @param seen the picture that it was planned for
     */
    public List<Work> work(TextConfig config, VisionMemory seen) {
        return SweepWork.of(config, embeddings.length, layers, seen.validTokens(), seen.allTokens());
    }

    /** The product of the output head. */
    public Work headWork(TextConfig config) {
        return new Work.Matrix(readOutPositions().length, config.hidden(), config.vocabulary(), 1);
    }

    /** Text positions whose embeddings the first layer needs. */
    int[] embeddings() {
        return embeddings;
    }

    List<PlannedLayer> layers() {
        return layers;
    }

    /** The most states that any layer has. */
    int widest() {
        return layers.stream().mapToInt(PlannedLayer::size).max().orElse(0);
    }

    /** The edits that it holds, without the baseline. */
    Set<Edit> edits() {
        return tips.keySet();
    }

    /** Per answer token, the state behind the last layer at which it is read out under an edit. */
    int[] tips(Edit edit) {
        return tips.get(edit);
    }

    /** The same with nothing cut. */
    int[] baselineTips() {
        return baselineTips;
    }

    /** Text positions of the states behind the last layer. */
    int[] readOutPositions() {
        return layers.get(layers.size() - 1).positions();
    }
}
