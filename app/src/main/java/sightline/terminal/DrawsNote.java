package sightline.terminal;

import java.util.Arrays;

/** A pathway's largest drop beside what random sources lose in the same window. */
public final class DrawsNote {
    private DrawsNote() {}

    /**
     * One line: the pathway's largest drop, then the draws' mean in that window, the lowest and the highest.
     *
     * @param row the pathway's
     * @param k window size
     * @param draws change in percent by draw and layer, at least one draw
     */
    public static String line(BarRow row, int k, double[][] draws, Glyphs glyphs) {
        String begin = "  " + glyphs.pathway(row.name()) + ", k = " + k + ": ";
        int layer = row.lowest();
        if (layer < 0) {
            return begin + "acts nowhere";
        }
        double[] there =
                Arrays.stream(draws).mapToDouble(draw -> draw[layer]).sorted().toArray();
        double mean = Arrays.stream(there).average().orElseThrow();
        return begin + NumberText.percent(row.change(layer), glyphs) + " at layer " + layer + "; "
                + "draws " + NumberText.percent(mean, glyphs) + " ("
                + NumberText.percent(there[0], glyphs) + " to "
                + NumberText.percent(there[there.length - 1], glyphs) + ")";
    }
}
