package sightline.inside;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.SweepRequest;
import sightline.model.EdgeDefinition.Edges;
import sightline.model.VisionLanguageModel;

/** Which edges an intervention cuts, from the family's definition: rows, the keys that they lose, and what a cut leaves. */
final class CutEdges {
    /**
     * The rows that lose an edge, in increasing order.
     *
     * @param rows text rows
     * @param sets of each, the number of the set of keys that it loses
     * @param left by masking: attention that each row goes on giving to those keys
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, read per layer
    record OfRows(int[] rows, int[] sets, Map<Masking, double[]> left) {}

    private record Known(Intervention intervention, Medium medium, int token) {}

    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final PictureTokens picture;
    private final Intervention intervention;
    private final Map<Medium, Edges> uncut;
    private final Map<Medium, EdgeShares.KeySets> sets;
    private final OfRows[][] byLayer; // [layer][answer token]

    /**
     * @param uncut of the longest text: what a row reads does not depend on the rows behind it
     * @param sets takes in the sets of keys, by medium
     */
    CutEdges(
            VisionLanguageModel model,
            SweepRequest request,
            PictureTokens picture,
            Intervention intervention,
            Map<Medium, Edges> uncut,
            Map<Medium, EdgeShares.KeySets> sets) {
        this.model = model;
        this.request = request;
        this.picture = picture;
        this.intervention = intervention;
        this.uncut = uncut;
        this.sets = sets;
        int layers = model.shape().layers();
        this.byLayer = new OfRows[layers][request.answer().length];
        Map<Known, OfRows> known = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int token = 0; token < byLayer[layer].length; token++) {
                Known here = new Known(intervention.at(layer), model.shape().medium(layer), token);
                byLayer[layer][token] = known.computeIfAbsent(here, this::rows);
            }
        }
    }

    Intervention intervention() {
        return intervention;
    }

    OfRows at(int layer, int token) {
        return byLayer[layer][token];
    }

    private OfRows rows(Known of) {
        List<Act> acts = of.intervention().acts().stream()
                .filter(act -> act.medium() == of.medium() && act.edit() instanceof Edit.Cut)
                .toList();
        if (acts.isEmpty()) {
            return new OfRows(new int[0], new int[0], left(0));
        }
        Layout layout = new Layout(request.prompt().roles(), of.token(), picture);
        SortedMap<Integer, BitSet> lost = lost(of.medium(), acts, layout);
        int[] rows = lost.keySet().stream().mapToInt(Integer::intValue).toArray();
        int[] numbers =
                lost.values().stream().mapToInt(sets.get(of.medium())::number).toArray();
        Map<Masking, double[]> left = left(rows.length);
        left.forEach((masking, shares) -> {
            Edges cut = model.definition().edges(of.medium(), layout, request.rows(), acts, masking);
            for (int i = 0; i < rows.length; i++) {
                shares[i] = left(cut, rows[i], lost.get(rows[i]));
            }
        });
        return new OfRows(rows, numbers, left);
    }

    private Map<Masking, double[]> left(int rows) {
        Map<Masking, double[]> left = new EnumMap<>(Masking.class);
        request.maskings().forEach(masking -> left.put(masking, new double[rows]));
        return left;
    }

    /** By row, all keys of the acts that meet it; rows that had no edge to them left out. */
    private SortedMap<Integer, BitSet> lost(Medium medium, List<Act> acts, Layout layout) {
        Map<Integer, List<BitSet>> met = new TreeMap<>();
        for (Act act : acts) {
            BitSet sources = layout.in(medium, ((Edit.Cut) act.edit()).sources());
            layout.rows(act.targets()).stream().forEach(row -> met.computeIfAbsent(row, none -> new ArrayList<>())
                    .add(sources));
        }
        SortedMap<Integer, BitSet> lost = new TreeMap<>();
        met.forEach((row, sources) -> {
            BitSet keys = union(sources);
            boolean[] open = uncut.get(medium).open()[row];
            if (keys.stream().anyMatch(key -> key < open.length && open[key])) {
                lost.put(row, keys);
            }
        });
        return lost;
    }

    private static BitSet union(List<BitSet> sets) {
        if (sets.size() == 1) {
            return sets.get(0);
        }
        BitSet union = new BitSet();
        sets.forEach(union::or);
        return union;
    }

    /** A row that takes a mean gives each of its keys the same; one with a softmax gives a closed edge nothing. */
    private static double left(Edges cut, int row, BitSet lost) {
        if (!cut.uniform()[row]) {
            return 0;
        }
        int all = 0;
        int those = 0;
        boolean[] open = cut.open()[row];
        for (int key = 0; key < open.length; key++) {
            all += open[key] ? 1 : 0;
            those += open[key] && lost.get(key) ? 1 : 0;
        }
        return all == 0 ? 0 : (double) those / all;
    }
}
