package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import sightline.knockout.Curve;
import sightline.knockout.Window;
import sightline.terminal.Counts;
import sightline.terminal.Look;
import sightline.terminal.NumberRows;
import sightline.terminal.NumberRows.Row;

/** What {@code ask} prints for people of other windows than those of the chart: the worst ones. */
final class WindowsText {
    private WindowsText() {}

    /** A block for what is kept alone around each layer, and one for each triangle, a blank line before each. */
    static List<String> lines(Outcome outcome, Look look) {
        List<String> lines = new ArrayList<>();
        List<Row> kept = Additions.kept(outcome.trace()).stream()
                .map(curve -> {
                    double[] p = curve.probability();
                    int worst = lowest(p);
                    String name = look.glyphs().pathway(curve.intervention().name());
                    return new Row(name + ", k = " + curve.k() + ", at layer " + worst, p[worst]);
                })
                .toList();
        if (!kept.isEmpty()) {
            lines.add("");
            lines.addAll(new NumberRows("Kept around one layer, where p is lowest", "", kept).lines(look));
        }
        for (Curve triangle : Additions.triangles(outcome.trace())) {
            lines.add("");
            lines.addAll(triangle(outcome, triangle, look).lines(look));
        }
        return lines;
    }

    /** The worst range of each width: a wider one as a rule takes more, so the widest says least. */
    private static NumberRows triangle(Outcome outcome, Curve curve, Look look) {
        int layers = outcome.shape().layers();
        List<Window> windows = curve.windows().of(layers);
        double[] p = curve.probability();
        List<Row> rows = new ArrayList<>();
        for (int width = 1; width < 2 * layers; width *= 2) {
            int its = Math.min(width, layers);
            int worst = -1;
            for (int i = 0; i < p.length; i++) {
                boolean wide = windows.get(i).last() - windows.get(i).first() + 1 == its;
                worst = wide && (worst < 0 || p[i] < p[worst]) ? i : worst;
            }
            Window window = windows.get(worst);
            rows.add(new Row(
                    Counts.of(its, "layer", "layers") + ", " + window.first() + " to " + window.last(), p[worst]));
        }
        String name = look.glyphs().pathway(curve.intervention().name());
        return new NumberRows(name + " cut in ranges of layers, where p is lowest", "", rows);
    }

    private static int lowest(double... p) {
        int lowest = 0;
        for (int i = 1; i < p.length; i++) {
            lowest = p[i] < p[lowest] ? i : lowest;
        }
        return lowest;
    }
}
