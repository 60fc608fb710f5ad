package sightline.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where layers and percents of a panel are on paper.
 *
 * @param x0 left end
 * @param x1 right end
 * @param y0 upper end, of {@code top} percent
 * @param y1 lower end, of {@link CurvePanel#BOTTOM}
 */
record PanelAxes(double x0, double x1, double y0, double y1, int layers, double top) {
    double x(double layer) {
        return x0 + (x1 - x0) * (layer + 0.5) / layers;
    }

    double y(double change) {
        double within = Math.max(CurvePanel.BOTTOM, Math.min(top, change));
        return y0 + (y1 - y0) * (top - within) / (top - CurvePanel.BOTTOM);
    }

    /** Draws a stretch of a curve. */
    void stroke(FigureCanvas canvas, double[] mean, int from, int to, int colour, double width, double... dash) {
        double[] xs = new double[to - from + 1];
        double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x(from + i);
            ys[i] = y(mean[from + i]);
        }
        canvas.polyline(xs, ys, colour, width, 1, dash);
    }

    /** Stretches of layers of which something holds: [first, last]. */
    static List<int[]> pieces(int layers, IntPredicate holds) {
        List<int[]> pieces = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            if (holds.test(layer)) {
                int[] last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
                if (last != null && last[1] == layer - 1) {
                    last[1] = layer;
                } else {
                    pieces.add(new int[] {layer, layer});
                }
            }
        }
        return pieces;
    }
}
