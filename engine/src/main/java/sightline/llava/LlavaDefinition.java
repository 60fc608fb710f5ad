package sightline.llava;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.model.EdgeDefinition;

/** METHOD-LLAVA section 4, word by word. */
public final class LlavaDefinition implements EdgeDefinition {
    @Override
    public Edges edges(Medium medium, Layout layout, RowReading reading, List<Act> acts, Masking masking) {
        int rows = layout.length();
        boolean[][] open = new boolean[rows][rows];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(open[row], 0, row + 1, true); // causal
        }
        for (Act act : acts) {
            if (act.edit() instanceof Edit.Cut cut) {
                BitSet targets = layout.rows(act.targets());
                BitSet sources = layout.rows(cut.sources());
                targets.stream().forEach(row -> sources.stream().forEach(key -> open[row][key] = false));
            }
        }
        boolean[] uniform = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            if (masking == Masking.PAPER && noneOf(open[row])) {
                // Every score is the same number, the causal mask's own: the mean over all rows, later ones included.
                Arrays.fill(open[row], true);
                uniform[row] = true;
            }
        }
        return new Edges(open, uniform);
    }

    private static boolean noneOf(boolean... row) {
        for (boolean edge : row) {
            if (edge) {
                return false;
            }
        }
        return true;
    }
}
