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
 * rows behind it, unless it is the last. Where a cut has rows read those behind them, each answer token has a lineage of its
 * own, with its last row.
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

    /** One variant on its way up, for all answer tokens or for one. */
    private static final class Climb {
        /** Instead of the number of an answer token: all of them. */
        static final int ALL = -1;

        final int token;
        final BitSet layers;
        final RowViews.Rows[][] changed; // per layer in which it acts and answer token
        final int[] tips; // per answer token
        Lineage lineage;
        Lineage extended; // the lineage a layer further up

        Climb(int token, BitSet layers, RowViews.Rows[][] changed, int[] tips, Lineage lineage) {
            this.token = token;
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
        int[][] tips = new int[variants.size()][];
        Arrays.setAll(tips, variant -> Arrays.copyOfRange(start, asked.last(0), rows));
        List<Climb> climbs = climbs(variants, tips, baseline);
        List<NumberedStates> layers = new ArrayList<>();
        layers.add(below);
        for (int layer = 0; layer < shape.layers(); layer++) {
            Step step = new Step(shape.medium(layer), below);
            baseline = step.extend(baseline, uncut);
            climb(climbs, layer, step);
            below = step.here;
            layers.add(below);
        }
        return new Numbered(layers, tips, Arrays.copyOfRange(baseline.states(), asked.last(0), rows));
    }

    /** @param tips of each variant, which its climbs share */
    private List<Climb> climbs(List<Variant> variants, int[][] tips, Lineage baseline) {
        Map<Intervention, Map<Masking, RowViews.Rows[]>> known = new HashMap<>();
        List<Climb> climbs = new ArrayList<>();
        for (int number = 0; number < tips.length; number++) {
            Variant variant = variants.get(number);
            RowViews.Rows[][] changed = new RowViews.Rows[shape.layers()][];
            variant.layers().stream()
                    .forEach(layer -> changed[layer] = known.computeIfAbsent(
                                    variant.intervention().at(layer), same -> new HashMap<>())
                            .computeIfAbsent(
                                    variant.masking(),
                                    masking -> changed(variant.intervention().at(layer), masking)));
            if (variant.layers().stream().anyMatch(layer -> readsBehind(changed[layer]))) {
                for (int token = 0; token < asked.answerTokens(); token++) {
                    climbs.add(new Climb(token, variant.layers(), changed, tips[number], baseline));
                }
            } else {
                climbs.add(new Climb(Climb.ALL, variant.layers(), changed, tips[number], baseline));
            }
        }
        return climbs;
    }

    private static boolean readsBehind(RowViews.Rows... changed) {
        return Arrays.stream(changed).anyMatch(RowViews.Rows::readsBehind);
    }

    private RowViews.Rows[] changed(Intervention intervention, Masking masking) {
        RowViews.Rows[] changed = new RowViews.Rows[asked.answerTokens()];
        for (int token = 0; token < changed.length; token++) {
            changed[token] = views.under(intervention, masking, asked.layout(token), uncut);
        }
        for (int token = 0; token < changed.length && !readsBehind(changed); token++) {
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
                if (climb.token != Climb.ALL && climb.token != token) {
                    continue;
                }
                RowViews.Rows here = climb.layers.get(layer) ? climb.changed[layer][token] : uncut;
                if (climb.token == token) {
                    climb.extended = step.extend(climb.lineage, here, last + 1);
                    climb.tips[token] = climb.extended.states()[last];
                    continue;
                }
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

        /** The lineage of the rows before the last a layer further up. */
        Lineage extend(Lineage lineage, RowViews.Rows rows) {
            int length = rows.changesBeforeLast() ? rows.in(medium).length - 1 : asked.textRows();
            return extend(lineage, rows, Math.min(lineage.states().length, length));
        }

        /** The first rows of a lineage a layer further up; what was extended alike before is not made again. */
        Lineage extend(Lineage lineage, RowViews.Rows rows, int length) {
            int known = extensions.number(lineage.id(), rows.id(), length);
            if (known == extended.size()) {
                int[] reads = rows.in(medium);
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
            int reach = medium == Medium.TEXT ? views.view(view).reach(row) : 0;
            return here.number(source, row, view, below, lineage.prefixes()[reach]);
        }
    }
}
