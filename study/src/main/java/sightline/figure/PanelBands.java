package sightline.figure;

import java.util.List;
import java.util.function.IntPredicate;
import sightline.analysis.ControlCurve;
import sightline.analysis.TracedDataset;

/**
 * What stands behind a panel's curves: bands, the controls of pathways that have one, and the samples themselves where they are
 * too few for a band.
 */
record PanelBands(FigureCanvas canvas, PanelAxes axes, TracedDataset data) {
    private static final double BAND = 0.16;
    private static final double DOT = 1.1;

    void band(CurvePanel.Line line) {
        boolean[] carried = line.curve().statistics().carried(); // a handful of clusters tells little of a mean
        List<int[]> pieces = pieces(layer -> data.acts(line.key(), layer) && carried[layer]);
        band(pieces, line.curve().low(), line.curve().high(), line.style().light());
    }

    /** Grey, and dotted: what as many random sources do. */
    void control(CurvePanel.Line line, ControlCurve control) {
        List<int[]> pieces =
                pieces(layer -> data.acts(line.key(), layer) && control.random().carried()[layer]);
        band(pieces, control.random().low(), control.random().high(), Palette.SECOND_INK);
        for (int[] piece : pieces(layer -> data.acts(line.key(), layer))) {
            axes.stroke(canvas, control.random().mean(), piece[0], piece[1], Palette.SECOND_INK, 1, 1, 2);
        }
    }

    private void band(List<int[]> pieces, double[] low, double[] high, int colour) {
        for (int[] piece : pieces) {
            int count = piece[1] - piece[0] + 1;
            double half = count == 1 ? 0.35 : 0; // a lone layer gets some width
            int points = count == 1 ? 2 : count;
            double[] xs = new double[2 * points];
            double[] ys = new double[2 * points];
            for (int i = 0; i < points; i++) {
                int layer = count == 1 ? piece[0] : piece[0] + i;
                double at = layer + (i == 0 ? -half : half);
                xs[i] = axes.x(at);
                ys[i] = axes.y(high[layer]);
                xs[2 * points - 1 - i] = axes.x(at);
                ys[2 * points - 1 - i] = axes.y(low[layer]);
            }
            canvas.polygon(xs, ys, colour, BAND);
        }
    }

    /** Each sample a dot, next to those of the pathways beside it. */
    void dots(CurvePanel.Line line, double beside) {
        for (double[] sample : line.curve().dots()) {
            for (int layer = 0; layer < sample.length; layer++) {
                if (data.acts(line.key(), layer)) {
                    canvas.circle(
                            axes.x(layer + beside),
                            axes.y(sample[layer]),
                            DOT,
                            line.style().light());
                }
            }
        }
    }

    private List<int[]> pieces(IntPredicate holds) {
        return PanelAxes.pieces(data.layers(), holds);
    }
}
