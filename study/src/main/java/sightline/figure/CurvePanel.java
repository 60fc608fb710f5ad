package sightline.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import sightline.analysis.ControlCurve;
import sightline.analysis.CurveKey;
import sightline.analysis.MeanCurve;
import sightline.analysis.TracedDataset;
import sightline.figure.FigureCanvas.Anchor;

/**
 * One panel of curves: mean changes by layer with their bands, and below them a strip per pathway: a cell is filled where the
 * mean is significant, hollow where it is not, grey where the window cannot act.
 *
 * @param data whose layers these are
 * @param curves in the order of reading, one or more
 * @param top upper end of the scale, in percent; the same in all panels of a report
 * @param named whether the lines' ends carry the pathways' names
 */
record CurvePanel(TracedDataset data, List<Line> curves, double top, boolean named) {
    static final double BOTTOM = -100;
    /** Room for names at the lines' ends. */
    static final double NAMES = 140;

    private static final double HEIGHT = 186;
    private static final double PITCH = 5;
    private static final double CELL = 4;
    private static final double BAND = 0.16;
    private static final double MARKED_BELOW = -3;

    /** A pathway's curve. */
    record Line(CurveKey key, PathwayStyle style, MeanCurve curve) {}

    /** Without its title. */
    static double height() {
        return HEIGHT;
    }

    void draw(FigureCanvas canvas, double x, double y, double width) {
        Axes axes = axes(x, y, width);
        canvas.begin("grid");
        for (int layer : data.crossAttentionLayers()) {
            canvas.line(axes.x(layer), axes.y0, axes.x(layer), axes.y1, Palette.RULE, 1, 1);
        }
        canvas.line(axes.x0, axes.y(0), axes.x1, axes.y(0), Palette.SECOND_INK, 1, 0.55);
        ticks(canvas, axes);
        canvas.end();
        for (Line line : curves) {
            line.curve.control().ifPresent(control -> {
                canvas.begin("control " + line.key.pathway());
                control(canvas, axes, line, control);
                canvas.end();
            });
        }
        for (Line line : curves) {
            canvas.begin("band " + line.key.pathway());
            band(canvas, axes, line);
            canvas.end();
        }
        for (int i = curves.size() - 1; i >= 0; i--) {
            canvas.begin("curve " + curves.get(i).key.pathway());
            curve(canvas, axes, curves.get(i));
            canvas.end();
        }
        canvas.begin("strip");
        strip(canvas, axes);
        canvas.end();
        if (named) {
            canvas.begin("names");
            names(canvas, axes);
            canvas.end();
        }
    }

    /** Where layers and percents are on paper. */
    private record Axes(double x0, double x1, double y0, double y1, int layers, double top) {
        double x(double layer) {
            return x0 + (x1 - x0) * (layer + 0.5) / layers;
        }

        double y(double change) {
            double within = Math.max(BOTTOM, Math.min(top, change));
            return y0 + (y1 - y0) * (top - within) / (top - BOTTOM);
        }
    }

    private Axes axes(double x, double y, double width) {
        double strip = curves.size() * PITCH;
        double right = named ? NAMES : 6;
        return new Axes(x + (named ? 44 : 30), x + width - right, y + 6, y + HEIGHT - strip - 22, data.layers(), top);
    }

    private void ticks(FigureCanvas canvas, Axes axes) {
        for (double tick = BOTTOM; tick <= top; tick += 50) {
            String percent = tick == 0 ? "0" : ChangeText.of(tick) + (named ? " %" : "");
            canvas.text(percent, axes.x0 - 5, axes.y(tick) + 4, 11, false, Palette.SECOND_INK, Anchor.END);
        }
        double bottom = axes.y1 + 6 + curves.size() * PITCH + 13;
        double free = Double.NEGATIVE_INFINITY;
        List<Integer> layers = new ArrayList<>(List.of(0));
        data.crossAttentionLayers().stream().filter(layer -> layer > 0).forEach(layers::add);
        for (int layer : layers) {
            String number = String.valueOf(layer);
            double half = Typeface.REGULAR.width(number, 11) / 2;
            if (axes.x(layer) - half > free) {
                canvas.text(number, axes.x(layer), bottom, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
                free = axes.x(layer) + half + 3;
            }
        }
    }

    private void band(FigureCanvas canvas, Axes axes, Line line) {
        boolean[] carried = line.curve.statistics().carried(); // a handful of clusters tells little of a mean
        List<int[]> pieces = pieces(layer -> data.acts(line.key, layer) && carried[layer]);
        band(
                canvas,
                axes,
                pieces,
                line.curve.low(),
                line.curve.high(),
                line.style().light());
    }

    /** Grey, and dotted: what as many random sources do. */
    private void control(FigureCanvas canvas, Axes axes, Line line, ControlCurve control) {
        List<int[]> pieces = pieces(layer -> data.acts(line.key, layer) && control.carried()[layer]);
        band(canvas, axes, pieces, control.low(), control.high(), Palette.SECOND_INK);
        for (int[] piece : pieces(layer -> data.acts(line.key, layer))) {
            stroke(canvas, axes, control.mean(), piece[0], piece[1], Palette.SECOND_INK, 1, 1, 2);
        }
    }

    private static void band(
            FigureCanvas canvas, Axes axes, List<int[]> pieces, double[] low, double[] high, int colour) {
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

    private void curve(FigureCanvas canvas, Axes axes, Line line) {
        PathwayStyle style = line.style();
        double[] mean = line.curve.mean();
        stroke(canvas, axes, mean, 0, data.layers() - 1, Palette.CANNOT_ACT, 1);
        for (int[] piece : pieces(layer -> data.acts(line.key, layer))) {
            if (piece[0] == piece[1]) {
                style.mark().draw(canvas, axes.x(piece[0]), axes.y(mean[piece[0]]), 4, style.light());
            } else {
                stroke(canvas, axes, mean, piece[0], piece[1], style.light(), style.width(), style.dash());
            }
        }
        int lowest = line.curve.worst();
        if (lowest >= 0 && mean[lowest] < MARKED_BELOW) {
            style.mark()
                    .draw(
                            canvas,
                            axes.x(lowest),
                            axes.y(mean[lowest]),
                            style.mark().size(),
                            style.light());
        }
    }

    private static void stroke(
            FigureCanvas canvas, Axes axes, double[] mean, int from, int to, int colour, double width, double... dash) {
        double[] xs = new double[to - from + 1];
        double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = axes.x(from + i);
            ys[i] = axes.y(mean[from + i]);
        }
        canvas.polyline(xs, ys, colour, width, 1, dash);
    }

    /** Stretches of layers of which something holds: [first, last]. */
    private List<int[]> pieces(IntPredicate holds) {
        List<int[]> pieces = new ArrayList<>();
        for (int layer = 0; layer < data.layers(); layer++) {
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

    private void strip(FigureCanvas canvas, Axes axes) {
        double cell = (axes.x1 - axes.x0) / data.layers();
        double gap = Math.min(1, cell / 5);
        for (int row = 0; row < curves.size(); row++) {
            Line line = curves.get(row);
            for (int layer = 0; layer < data.layers(); layer++) {
                boolean acts = data.acts(line.key, layer);
                double left = axes.x0 + layer * cell + gap / 2;
                double top = axes.y1 + 6 + row * PITCH;
                if (acts && !line.curve.significant()[layer]) {
                    hollow(
                            canvas,
                            left + 0.5,
                            top + 0.5,
                            cell - gap - 1,
                            CELL - 1,
                            line.style().light());
                } else {
                    int colour = acts ? line.style().light() : Palette.CANNOT_ACT;
                    canvas.rectangle(left, top, cell - gap, CELL, colour, acts ? 0.9 : 0.5);
                }
            }
        }
    }

    private static void hollow(FigureCanvas canvas, double left, double top, double width, double height, int colour) {
        double right = left + width;
        double bottom = top + height;
        double[] xs = {left, right, right, left, left};
        double[] ys = {top, top, bottom, bottom, top};
        canvas.polyline(xs, ys, colour, 1, 0.72);
    }

    private void names(FigureCanvas canvas, Axes axes) {
        double[] ends = new double[curves.size()];
        for (int i = 0; i < ends.length; i++) {
            double[] mean = curves.get(i).curve.mean();
            ends[i] = axes.y(mean[mean.length - 1]);
        }
        double[] places = Spread.places(ends, 15, axes.y0 + 4, axes.y1);
        for (int i = 0; i < ends.length; i++) {
            PathwayStyle style = curves.get(i).style();
            canvas.line(axes.x1 - 3, ends[i], axes.x1 + 5, places[i], style.light(), 1, 1);
            style.key(canvas, axes.x1 + 8, places[i]);
            double text = axes.x1 + 8 + PathwayStyle.KEY + 6;
            canvas.text(style.label(), text, places[i] + 4, 12, false, Palette.INK, Anchor.START);
        }
        double bottom = axes.y1 + 6 + curves.size() * PITCH + 13;
        canvas.text("layer", axes.x1 + 8, bottom, 11, false, Palette.SECOND_INK, Anchor.START);
    }
}
