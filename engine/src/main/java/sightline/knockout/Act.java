package sightline.knockout;

import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One thing that an intervention does, in every layer of its window that carries its medium. Data, not code.
 *
 * @param medium which layers it acts in
 * @param targets the text rows that it acts on
 * @param edit what it does to them
 */
public record Act(Medium medium, TokenSet targets, Edit edit) {
    public Act {
        Objects.requireNonNull(medium);
        Objects.requireNonNull(targets);
        Objects.requireNonNull(edit);
    }

    /** Target rows lose their edges to sources: text rows or vision tokens, as the medium has it. */
    public static Act cut(Medium medium, TokenSet targets, TokenSet sources) {
        return new Act(medium, targets, new Edit.Cut(sources));
    }

    /** What it does in one layer. */
    Act at(int layer) {
        return edit instanceof Edit.ByLayer each ? new Act(medium, targets, each.at(layer)) : this;
    }

    /** Whether there is anything to change: a target row, and a source that it reads or a head. */
    boolean changesAnything(Layout layout) {
        if (edit instanceof Edit.ByLayer each) {
            return IntStream.range(0, each.layers()).anyMatch(layer -> at(layer).changesAnything(layout));
        }
        int target = layout.rows(targets).length() - 1;
        if (target < 0 || (edit instanceof Edit.Silence silence && silence.isEmpty())) {
            return false;
        }
        if (!(edit instanceof Edit.Cut cut)) {
            return true;
        }
        int source = layout.in(medium, cut.sources()).nextSetBit(0);
        // A row reads itself, the rows before it, and the whole picture.
        return source >= 0 && (medium == Medium.IMAGE || source <= target);
    }
}
