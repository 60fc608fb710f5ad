package sightline.knockout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.checkpoint.TextConfig;
import sightline.knockout.PlannedStates.Lineage;
import sightline.model.CrossView;
import sightline.model.Cut;
import sightline.model.SelfView;

/**
 * Finds every distinct state of a set of edits, layer by layer (METHOD section 6).
 *
 * <p>For each edit and answer token it follows two things upwards: the lineage of all positions before the last, and the
 * tip, the last position's state, at which the answer token is read out. Both are numbered by what they are computed
 * from, so all that variants have in common gets one number.
 */
final class SweepPlanner {
    private final SweepRequest request;
    private final TextConfig config;
    private final int validTokens;
    private final int allTokens;
    private final int imagePosition;
    private final int rows;
    private final RowViews uncut;
    private int cuts;
    private final Map<Object, Object> interned = new HashMap<>();

    SweepPlanner(SweepRequest request, TextConfig config, int validTokens, int allTokens) {
        this.request = request;
        this.config = config;
        this.validTokens = validTokens;
        this.allTokens = allTokens;
        this.imagePosition = request.prompt().imagePosition();
        this.rows = request.prompt().length() + request.answer().length - 1;
        this.uncut = views(null, null, rows);
    }

    /**
     * What each row reads under a cut.
     *
     * @param id distinct for each pathway, masking and answer token; 0 for no cut
     * @param pathway what is cut; null for no cut
     * @param self a SelfView per position
     * @param cross a CrossView per position
     * @param changesBeforeLast whether it cuts rows before the last one
     */
    private record RowViews(int id, Pathway pathway, Object[] self, Object[] cross, boolean changesBeforeLast) {}

    /** One edit and answer token on its way up. */
    private static final class Variant {
        final Edit edit;
        final int last;
        final RowViews cut;
        Lineage lineage;
        int tip;

        Variant(Edit edit, int last, RowViews cut, Lineage lineage) {
            this.edit = edit;
            this.last = last;
            this.cut = cut;
            this.lineage = lineage;
            this.tip = last;
        }
    }

    /**
     * All distinct states, needed or not.
     *
     * @param layers entry 0 the embeddings, then the states behind each layer
     * @param tips per edit and answer token the last position's state behind the last layer
     * @param baselineTips the same with nothing cut
     */
    record Numbered(List<PlannedStates> layers, Map<Edit, int[]> tips, int[] baselineTips) {}

    Numbered number(List<Edit> edits) {
        PlannedStates below = new PlannedStates();
        int[] start = new int[rows];
        for (int row = 0; row < rows; row++) {
            start[row] = below.number(row, row, SelfView.UNCUT, null, below, 0);
        }
        Lineage baseline = below.lineage(start);
        List<Variant> variants = variants(edits, baseline);
        List<PlannedStates> layers = new ArrayList<>();
        layers.add(below);
        for (int layer = 0; layer < config.layers(); layer++) {
            PlannedStates here = new PlannedStates();
            Map<Long, Lineage> extended = new HashMap<>();
            baseline = extend(baseline, uncut, layer, below, here, extended);
            for (Variant variant : variants) {
                RowViews views = variant.edit.layers().get(layer) ? variant.cut : uncut;
                variant.tip = number(variant.tip, variant.last, views, layer, variant.lineage, below, here);
                RowViews before = views.changesBeforeLast() ? views : uncut;
                variant.lineage = extend(variant.lineage, before, layer, below, here, extended);
            }
            layers.add(here);
            below = here;
        }
        Map<Edit, int[]> tips = new HashMap<>();
        int first = request.prompt().length() - 1;
        for (Variant variant : variants) {
            tips.computeIfAbsent(variant.edit, edit -> new int[request.answer().length])[variant.last - first] =
                    variant.tip;
        }
        int[] baselineTips = java.util.Arrays.copyOfRange(baseline.states(), first, rows);
        return new Numbered(layers, tips, baselineTips);
    }

    /** Later answer tokens first, since their lineages are longer. */
    private List<Variant> variants(List<Edit> edits, Lineage baseline) {
        List<Variant> variants = new ArrayList<>();
        for (int token = request.answer().length - 1; token >= 0; token--) {
            TextTokens.Context context = request.context(token);
            Map<List<Object>, RowViews> known = new HashMap<>();
            for (Edit edit : edits) {
                RowViews cut = known.computeIfAbsent(
                        List.of(edit.pathway(), edit.masking()),
                        key -> views(
                                edit.pathway(),
                                edit.pathway().cut(context, allTokens, edit.masking()),
                                context.length()));
                variants.add(new Variant(edit, context.last(), cut, baseline));
            }
        }
        return variants;
    }

    private RowViews views(Pathway pathway, Cut cut, int length) {
        Object[] self = new Object[length];
        Object[] cross = new Object[length];
        for (int row = 0; row < length; row++) {
            self[row] = intern(SelfView.of(row, cut));
            cross[row] = intern(CrossView.of(row, imagePosition, request.rows(), cut, validTokens, allTokens));
        }
        boolean before = cut != null && !cut.targets().get(0, length - 1).isEmpty();
        return new RowViews(cut == null ? 0 : ++cuts, pathway, self, cross, before);
    }

    /** Equal views become one object: comparing them is then cheap. */
    private Object intern(Object view) {
        return interned.computeIfAbsent(view, same -> same);
    }

    /** The lineage a layer further up; what was extended alike before is not made again. */
    private Lineage extend(
            Lineage lineage,
            RowViews views,
            int layer,
            PlannedStates below,
            PlannedStates here,
            Map<Long, Lineage> extended) {
        long key = (long) lineage.id() << 32 | views.id();
        Lineage known = extended.get(key);
        if (known == null) {
            boolean toLast = views.changesBeforeLast();
            int length = Math.min(lineage.states().length, toLast ? views.self().length - 1 : rows);
            int[] states = new int[length];
            for (int row = 0; row < length; row++) {
                states[row] = number(lineage.states()[row], row, views, layer, lineage, below, here);
            }
            known = here.lineage(states);
            extended.put(key, known);
        }
        return known;
    }

    private int number(
            int source, int row, RowViews views, int layer, Lineage lineage, PlannedStates below, PlannedStates here) {
        boolean cross = config.isCrossAttention(layer);
        Object view = cross ? views.cross()[row] : views.self()[row];
        boolean readsRows = !cross && ((SelfView) view).readsBefore(row);
        Object uncutView = cross ? uncut.cross()[row] : uncut.self()[row];
        Pathway cutBy = view == uncutView ? null : views.pathway();
        return here.number(source, row, view, cutBy, below, readsRows ? lineage.prefixes()[row] : 0);
    }
}
