package sightline.mllama;

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

/** METHOD sections 3 and 4, word by word. */
public final class MllamaDefinition implements EdgeDefinition {
    /** Edges that an act blocks: from every source to every target. */
    private record Blocked(BitSet targets, BitSet sources) {}

    @Override
    public Edges edges(Medium medium, Layout layout, RowReading reading, List<Act> acts, Masking masking) {
        List<Blocked> blocked = acts.stream()
                .filter(act -> act.edit() instanceof Edit.Cut)
                .map(act ->
                        new Blocked(layout.rows(act.targets()), layout.in(medium, ((Edit.Cut) act.edit()).sources())))
                .toList();
        int rows = layout.length();
        int image = layout.imagePosition();
        int valid = layout.picture().valid();
        int keys = medium == Medium.TEXT ? rows : layout.picture().all();
        Edges edges = new Edges(new boolean[rows][keys], new boolean[rows]);
        for (int row = 0; row < rows; row++) {
            boolean early = medium == Medium.IMAGE && row < image;
            if (early && reading == RowReading.META) {
                continue; // its attention output is times 0, cut or not
            }
            boolean mean = early && reading == RowReading.PAPER;
            edges.uniform()[row] = mean;
            boolean[] open = edges.open()[row];
            boolean any = false;
            for (int key = 0; key < keys; key++) {
                boolean edge = medium == Medium.TEXT ? key <= row : key < valid || early;
                open[key] = edge && !isBlocked(row, key, blocked);
                any |= open[key];
            }
            if (any ? mean : masking == Masking.PAPER) { // the mean over all keys, blocked and padding ones included
                Arrays.fill(open, 0, medium == Medium.TEXT ? row + 1 : keys, true);
                edges.uniform()[row] = true;
            }
        }
        return edges;
    }

    private static boolean isBlocked(int row, int key, List<Blocked> blocked) {
        for (Blocked edges : blocked) {
            if (edges.targets().get(row) && edges.sources().get(key)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean dropsImageMlp(int row, Layout layout, RowReading reading) {
        boolean early = row < layout.imagePosition();
        return early && (reading == RowReading.META || reading == RowReading.TRANSFORMERS);
    }
}
