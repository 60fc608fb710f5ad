package sightline.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.SweepCost;

/**
 * All variants of a request, folded so that each distinct state is computed once. Knows its cost before it runs. Immutable;
 * serves every request of its outline.
 */
public final class SweepPlan {
    private final Outline asked;
    private final ModelShape shape;
    private final int[] embeddings;
    private final List<LayerPlan> layers;
    private final Map<Variant, int[]> tips;
    private final int[] baselineTips;
    private final int sharedRows;
    private final SweepCost cost;

    private SweepPlan(
            Outline asked,
            ModelShape shape,
            int[] embeddings,
            List<LayerPlan> layers,
            Map<Variant, int[]> tips,
            int[] baselineTips,
            int sharedRows) {
        this.asked = asked;
        this.shape = shape;
        this.embeddings = embeddings;
        this.layers = List.copyOf(layers);
        this.tips = tips;
        this.baselineTips = baselineTips;
        this.sharedRows = sharedRows;
        this.cost = PlannedCost.of(this);
    }

    /**
     * Plans all variants of a request.
     *
     * @param asked all of the request but its words
     */
    public static SweepPlan of(Outline asked, ModelShape shape, FamilyRules rules) {
        return of(asked, shape, rules, Variant.distinct(asked, shape));
    }

    /** Plans some of a request's variants, and the baseline. */
    public static SweepPlan of(Outline asked, ModelShape shape, FamilyRules rules, List<Variant> variants) {
        RowViews views = new RowViews(rules, asked.rows());
        Numbering.Numbered all = new Numbering(asked, shape, views).number(variants);
        Liveness live = new Liveness(all, views);
        BitSet withoutImageMlp = rowsWithoutImageMlp(asked, rules);
        List<LayerPlan> layers = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            Medium medium = shape.medium(layer);
            layers.add(live.layer(layer, medium, medium == Medium.TEXT ? new BitSet() : withoutImageMlp));
        }
        Map<Variant, int[]> tips = new LinkedHashMap<>();
        for (int variant = 0; variant < variants.size(); variant++) {
            tips.put(variants.get(variant), renumbered(all.tips()[variant], live));
        }
        int sharedRows = rules.sharedRows(asked.layout(asked.answerTokens() - 1));
        return new SweepPlan(
                asked, shape, live.embeddings(), layers, tips, renumbered(all.baselineTips(), live), sharedRows);
    }

    private static BitSet rowsWithoutImageMlp(Outline asked, FamilyRules rules) {
        Layout layout = asked.layout(asked.answerTokens() - 1);
        BitSet rows = new BitSet();
        for (int row = 0; row < layout.length(); row++) {
            rows.set(row, rules.dropsImageMlp(row, layout, asked.rows()));
        }
        return rows;
    }

    private static int[] renumbered(int[] tips, Liveness live) {
        int[] renumbered = new int[tips.length];
        for (int token = 0; token < tips.length; token++) {
            renumbered[token] = live.tip(tips[token]);
        }
        return renumbered;
    }

    /** What it was planned for. */
    public Outline outline() {
        return asked;
    }

    /** The decoder it was planned for. */
    public ModelShape shape() {
        return shape;
    }

    /** What it costs. */
    public SweepCost cost() {
        return cost;
    }

    /** Text rows whose embeddings the first layer needs. */
    public int[] embeddings() {
        return embeddings.clone();
    }

    /**
     * How many of the first states behind a layer are those of the first text rows with nothing cut, which all questions on a
     * picture have in common; states of the baseline come first, and all of its rows are needed but behind the last layer.
     */
    public int sharedRows(int layer) {
        return layer < layers.size() - 1 ? sharedRows : 0;
    }

    /** How many of the first states below a layer, or of the embeddings, are such rows: their keys and values are shared, too. */
    public int sharedBelow() {
        return sharedRows;
    }

    /** What each layer computes. */
    public List<LayerPlan> layers() {
        return layers;
    }

    /** The most states that any layer has. */
    public int widest() {
        return layers.stream().mapToInt(LayerPlan::size).max().orElse(0);
    }

    /** The variants that it holds, without the baseline. */
    public Set<Variant> variants() {
        return Collections.unmodifiableSet(tips.keySet());
    }

    /** Per answer token, the state behind the last layer at which it is read out under a variant that this plan holds. */
    public int[] tips(Variant variant) {
        int[] states = tips.get(variant);
        if (states == null) {
            throw new IllegalArgumentException("the plan holds no " + variant);
        }
        return states.clone();
    }

    /** The same with nothing changed. */
    public int[] baselineTips() {
        return baselineTips.clone();
    }

    /**
     * The states that stand for the text rows with nothing cut: entry 0 the embeddings, then behind each layer; by text row
     * the state, or −1 where nothing that is read out depends on the row.
     */
    public int[][] uncutRows() {
        return UncutRows.of(layers, asked.textRows(), baselineTips);
    }

    /**
     * One row's states, up to its state behind the last layer: entry 0 the embedding, then behind each layer.
     */
    public int[] below(int tip) {
        int[] states = new int[layers.size() + 1];
        states[layers.size()] = tip;
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            states[layer] = layers.get(layer).source()[states[layer + 1]];
        }
        return states;
    }

    /** Text rows of the states behind the last layer. */
    public int[] readOutRows() {
        return layers.get(layers.size() - 1).rows().clone();
    }
}
