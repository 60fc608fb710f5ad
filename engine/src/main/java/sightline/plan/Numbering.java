package sightline.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.plan.NumberedStates.Lineage;

/**
 * Finds every distinct state of a set of variants, layer by layer (METHOD section 6).
 *
 * <p>For each variant it follows two things upwards: the lineage of all rows before the last, and per answer token the tip,
 * the last row's state, at which the token is read out. Both are numbered by what they are computed from, so all that
 * variants have in common gets one number. One lineage serves all answer tokens: what a row reads does not depend on the
 * rows behind it, unless it is the last.
 */
final class Numbering {
    private final Outline asked;
    private final ModelShape shape;
    private final RowViews views;
    private final RowViews.Rows uncut;

    Numbering(Outline asked, ModelShape shape, RowViews views) {
        this.asked = asked;
        this.shape = shape;
        this.views = views;
        this.uncut = views.uncut(asked.layout(asked.answerTokens() - 1));
    }

    /** One variant on its way up. */
    private static final class Climb {
        final BitSet layers;
        final RowViews.Rows[][] changed; // per layer in which it acts and answer token
        final int[] tips; // per answer token
        Lineage lineage;
        Lineage extended; // the lineage a layer further up

        Climb(BitSet layers, RowViews.Rows[][] changed, int[] tips, Lineage lineage) {
            this.layers = layers;
            this.changed = changed;
            this.tips = tips;
            this.lineage = lineage;
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
    record Numbered(List<NumberedStates> layers, int[][] tips, int[] baselineTips) {}

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
            climb(climbs, layer, step);
            below = step.here;
            layers.add(below);
        }
        int[][] tips = new int[climbs.size()][];
        for (int variant = 0; variant < tips.length; variant++) {
            tips[variant] = climbs.get(variant).tips;
        }
        return new Numbered(layers, tips, Arrays.copyOfRange(baseline.states(), asked.last(0), rows));
    }

    private List<Climb> climbs(List<Variant> variants, Lineage baseline) {
        int[] start = Arrays.copyOfRange(baseline.states(), asked.last(0), asked.textRows());
        Map<Intervention, Map<Masking, RowViews.Rows[]>> known = new HashMap<>();
        List<Climb> climbs = new ArrayList<>();
        for (Variant variant : variants) {
            RowViews.Rows[][] changed = new RowViews.Rows[shape.layers()][];
            variant.layers().stream()
                    .forEach(layer -> changed[layer] = known.computeIfAbsent(
                                    variant.intervention().at(layer), same -> new HashMap<>())
                            .computeIfAbsent(
                                    variant.masking(),
                                    masking -> changed(variant.intervention().at(layer), masking)));
            climbs.add(new Climb(variant.layers(), changed, start.clone(), baseline));
        }
        return climbs;
    }

    private RowViews.Rows[] changed(Intervention intervention, Masking masking) {
        RowViews.Rows[] changed = new RowViews.Rows[asked.answerTokens()];
        for (int token = 0; token < changed.length; token++) {
            changed[token] = views.under(intervention, masking, asked.layout(token), uncut);
        }
        for (int token = 0; token < changed.length; token++) {
            requireAlikeBeforeLast(intervention, changed[changed.length - 1], changed[token], asked.last(token));
        }
        return changed;
    }

    /** One lineage serves all answer tokens, so what a row before the last reads must not depend on the token. */
    private static void requireAlikeBeforeLast(
            Intervention intervention, RowViews.Rows longest, RowViews.Rows rows, int last) {
        for (Medium medium : Medium.values()) {
            if (!Arrays.equals(longest.in(medium), 0, last, rows.in(medium), 0, last)) {
                throw new IllegalStateException(
                        intervention + " changes rows before the last otherwise for each answer token");
            }
        }
    }

    /** Takes all climbs one layer up. */
    private void climb(List<Climb> climbs, int layer, Step step) {
        int longest = asked.answerTokens() - 1;
        for (int token = longest; token >= 0; token--) {
            int last = asked.last(token);
            for (Climb climb : climbs) {
                RowViews.Rows here = climb.layers.get(layer) ? climb.changed[layer][token] : uncut;
                climb.tips[token] = step.number(climb.tips[token], last, here.in(step.medium)[last], climb.lineage);
                if (token == longest) {
                    climb.extended = step.extend(climb.lineage, here.changesBeforeLast() ? here : uncut);
                }
            }
        }
        for (Climb climb : climbs) {
            climb.lineage = climb.extended;
        }
    }

    /** From the states of one layer to those behind the next. */
    private final class Step {
        final Medium medium;
        final NumberedStates below;
        final NumberedStates here;
        private final TripleNumbers extensions; // of the lineage below and the rows' views
        private final List<Lineage> extended = new ArrayList<>();

        Step(Medium medium, NumberedStates below) {
            this.medium = medium;
            this.below = below;
            this.here = new NumberedStates(below.size() + asked.textRows());
            this.extensions = new TripleNumbers(below.lineages().size());
        }

        /** The lineage a layer further up; what was extended alike before is not made again. */
        Lineage extend(Lineage lineage, RowViews.Rows rows) {
            int known = extensions.number(lineage.id(), rows.id(), 0);
            if (known == extended.size()) {
                int[] reads = rows.in(medium);
                int length = Math.min(
                        lineage.states().length, rows.changesBeforeLast() ? reads.length - 1 : asked.textRows());
                int[] before = lineage.states();
                int[] states = new int[length];
                for (int row = 0; row < length; row++) {
                    states[row] = number(before[row], row, reads[row], lineage);
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
