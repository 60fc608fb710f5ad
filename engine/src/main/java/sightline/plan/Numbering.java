package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.knockout.Intervention;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.Outline;
import sightline.knockout.Shape;
import sightline.plan.NumberedStates.Lineage;

/**
 * Finds every distinct state of a set of variants, layer by layer (METHOD section 6).
 *
 * <p>For each variant and answer token it follows two things upwards: the lineage of all rows before the last, and the tip,
 * the last row's state, at which the answer token is read out. Both are numbered by what they are computed from, so all that
 * variants have in common gets one number.
 */
final class Numbering {
    private final Outline asked;
    private final Shape shape;
    private final RowViews views;
    private final RowViews.Rows uncut;

    Numbering(Outline asked, Shape shape, RowViews views) {
        this.asked = asked;
        this.shape = shape;
        this.views = views;
        this.uncut = views.uncut(asked.layout(asked.answerTokens() - 1));
    }

    /** One variant and answer token on its way up. */
    private static final class Climb {
        final Variant variant;
        final int token;
        final int last;
        final RowViews.Rows changed;
        Lineage lineage;
        int tip;

        Climb(Variant variant, int token, int last, RowViews.Rows changed, Lineage lineage) {
            this.variant = variant;
            this.token = token;
            this.last = last;
            this.changed = changed;
            this.lineage = lineage;
            this.tip = last;
        }
    }

    /**
     * All distinct states, needed or not.
     *
     * @param layers entry 0 the embeddings, then the states behind each layer
     * @param tips per variant and answer token the last row's state behind the last layer
     * @param baselineTips the same with nothing changed
     */
    @SuppressWarnings("ArrayRecordComponent") // lives within one planning
    record Numbered(List<NumberedStates> layers, Map<Variant, int[]> tips, int[] baselineTips) {}

    Numbered number(List<Variant> variants) {
        int rows = asked.textRows();
        NumberedStates below = new NumberedStates(rows);
        int[] start = new int[rows];
        for (int row = 0; row < rows; row++) {
            start[row] = below.number(row, row, 0, below, 0);
        }
        Lineage baseline = below.lineage(start);
        List<Climb> climbs = climbs(variants, baseline);
        List<NumberedStates> layers = new ArrayList<>();
        layers.add(below);
        for (int layer = 0; layer < shape.layers(); layer++) {
            Step step = new Step(shape.medium(layer), below);
            baseline = step.extend(baseline, uncut);
            for (Climb climb : climbs) {
                RowViews.Rows here = climb.variant.layers().get(layer) ? climb.changed : uncut;
                climb.tip = step.number(climb.tip, climb.last, here.in(step.medium)[climb.last], climb.lineage);
                climb.lineage = step.extend(climb.lineage, here.changesBeforeLast() ? here : uncut);
            }
            below = step.here;
            layers.add(below);
        }
        Map<Variant, int[]> tips = new HashMap<>();
        for (Climb climb : climbs) {
            tips.computeIfAbsent(climb.variant, variant -> new int[asked.answerTokens()])[climb.token] = climb.tip;
        }
        return new Numbered(layers, tips, Arrays.copyOfRange(baseline.states(), asked.last(0), rows));
    }

    /** Later answer tokens first, since their lineages are longer. */
    private List<Climb> climbs(List<Variant> variants, Lineage baseline) {
        List<Climb> climbs = new ArrayList<>();
        for (int token = asked.answerTokens() - 1; token >= 0; token--) {
            Layout layout = asked.layout(token);
            Map<Intervention, Map<Masking, RowViews.Rows>> known = new HashMap<>();
            for (Variant variant : variants) {
                RowViews.Rows changed = known.computeIfAbsent(variant.intervention(), same -> new HashMap<>())
                        .computeIfAbsent(
                                variant.masking(),
                                masking -> views.under(variant.intervention(), masking, layout, uncut));
                climbs.add(new Climb(variant, token, layout.last(), changed, baseline));
            }
        }
        return climbs;
    }

    /** From the states of one layer to those behind the next. */
    private final class Step {
        final Medium medium;
        final NumberedStates below;
        final NumberedStates here;
        private final PairNumbers extensions; // of the lineage below and the rows' views
        private final List<Lineage> extended = new ArrayList<>();

        Step(Medium medium, NumberedStates below) {
            this.medium = medium;
            this.below = below;
            this.here = new NumberedStates(below.size() + asked.textRows());
            this.extensions = new PairNumbers(below.lineages().size());
        }

        /** The lineage a layer further up; what was extended alike before is not made again. */
        Lineage extend(Lineage lineage, RowViews.Rows rows) {
            int known = extensions.number(lineage.id(), rows.id());
            if (known == extended.size()) {
                int[] reads = rows.in(medium);
                int length = Math.min(
                        lineage.states().length, rows.changesBeforeLast() ? reads.length - 1 : asked.textRows());
                int[] states = new int[length];
                for (int row = 0; row < length; row++) {
                    states[row] = number(lineage.states()[row], row, reads[row], lineage);
                }
                extended.add(here.lineage(states));
            }
            return extended.get(known);
        }

        int number(int source, int row, int view, Lineage lineage) {
            boolean readsRows = medium == Medium.TEXT && views.view(view).readsBefore(row);
            return here.number(source, row, view, below, readsRows ? lineage.prefixes()[row] : 0);
        }
    }
}
