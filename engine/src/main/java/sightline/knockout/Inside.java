package sightline.knockout;

import java.util.List;

/**
 * What was read off inside the decoder, beside its output. A list is empty if its reading was not asked for.
 *
 * @param lens one per answer token, with nothing cut
 * @param cut lenses under the most harmful window of each pathway
 * @param attention of each answer token's read-out row in each layer: by answer token, then by layer
 * @param rows attention of the rows that the reading names: by row, then by layer; those of a row that is not read out end with
 *     the last layer that reads text, behind which it reaches nothing
 * @param gates one per layer that reads the picture
 * @param edges one per intervention
 */
public record Inside(
        List<Lens> lens,
        List<Lens.Cut> cut,
        List<AttentionRow> attention,
        List<AttentionRow> rows,
        List<BranchRatio> gates,
        List<EdgeShare> edges) {
    /** Nothing. */
    public static final Inside NOTHING = new Inside(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Inside {
        lens = List.copyOf(lens);
        cut = List.copyOf(cut);
        attention = List.copyOf(attention);
        rows = List.copyOf(rows);
        gates = List.copyOf(gates);
        edges = List.copyOf(edges);
    }
}
