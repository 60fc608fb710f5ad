package sightline.figure;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import sightline.analysis.CurveKey;
import sightline.analysis.LayerScale;
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
 * @param scale of the axis below
 */
record CurvePanel(TracedDataset data, List<Line> curves, double top, boolean named, LayerScale scale) {
    static final double BOTTOM = -100;
    /** Room for names at the lines' ends. */
    static final double NAMES = 140;
    /** Room for percents at the left. */
    static final double LABELS = 44;

    /** Room for the numbers of the scale, with units. */
    static final double SCALE = 44;

    private static final double HEIGHT = 186;
    static final double PITCH = 5;
    /** Of the dots of pathways that are side by side, in layers. */
    private static final double DOTS_APART = 0.14;

    private static final double MARKED_BELOW = -3;

    /** A pathway's curve. */
    record Line(CurveKey key, PathwayStyle style, MeanCurve curve) {}

    /** Without its title. */
    static double height() {
        return HEIGHT;
    }

    void draw(FigureCanvas canvas, double x, double y, double width) {
        PanelAxes axes = axes(x, y, width);
        canvas.begin("grid");
        for (int layer : data.crossAttentionLayers()) {
            canvas.line(axes.x(layer), axes.y0(), axes.x(layer), axes.y1(), Palette.RULE, 1, 1);
        }
        canvas.line(axes.x0(), axes.y(0), axes.x1(), axes.y(0), Palette.SECOND_INK, 1, 0.55);
        ticks(canvas, axes);
        canvas.end();
        PanelBands bands = new PanelBands(canvas, axes, data);
        for (Line line : curves) {
            line.curve.control().ifPresent(control -> {
                canvas.begin("control " + line.key.pathway());
                bands.control(line, control);
                canvas.end();
            });
        }
        for (int i = 0; i < curves.size(); i++) {
            canvas.begin("band " + curves.get(i).key.pathway());
            bands.band(curves.get(i));
            bands.dots(curves.get(i), DOTS_APART * (i - (curves.size() - 1) / 2.0));
            canvas.end();
        }
        for (int i = curves.size() - 1; i >= 0; i--) {
            canvas.begin("curve " + curves.get(i).key.pathway());
            curve(canvas, axes, curves.get(i));
            canvas.end();
        }
        canvas.begin("strip");
        new PanelStrip(canvas, axes, data, curves).draw();
        canvas.end();
        if (named) {
            canvas.begin("names");
            names(canvas, axes);
            canvas.end();
        }
    }

    private PanelAxes axes(double x, double y, double width) {
        double strip = curves.size() * PITCH;
        double right = named ? NAMES : 6;
        return new PanelAxes(
                x + (named ? SCALE : 30), x + width - right, y + 6, y + HEIGHT - strip - 22, data.layers(), top);
    }

    private void ticks(FigureCanvas canvas, PanelAxes axes) {
        for (double tick = BOTTOM; tick <= top; tick += 50) {
            String percent = tick == 0 ? "0" : ChangeText.of(tick) + (named ? " %" : "");
            canvas.text(percent, axes.x0() - 5, axes.y(tick) + 4, 11, false, Palette.SECOND_INK, Anchor.END);
        }
        layerNumbers(canvas, scale.marks(data), axes::x, axes.y1() + 6 + curves.size() * PITCH + 13);
    }

    /** The numbers under an axis, as far as they fit side by side. */
    static void layerNumbers(FigureCanvas canvas, List<LayerScale.Mark> marks, DoubleUnaryOperator x, double y) {
        double free = Double.NEGATIVE_INFINITY;
        for (LayerScale.Mark mark : marks) {
            double middle = x.applyAsDouble(mark.layer());
            double half = Typeface.REGULAR.width(mark.text(), 11) / 2;
            if (middle - half > free) {
                canvas.text(mark.text(), middle, y, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
                free = middle + half + 3;
            }
        }
    }

    /** What they count, behind the axis' right end, where a number may stand. */
    static void layerUnit(FigureCanvas canvas, LayerScale scale, double right, double y) {
        double gap = scale == LayerScale.DEPTH ? 16 : 8;
        canvas.text(scale.unit(), right + gap, y, 11, false, Palette.SECOND_INK, Anchor.START);
    }

    private void curve(FigureCanvas canvas, PanelAxes axes, Line line) {
        PathwayStyle style = line.style();
        double[] mean = line.curve.mean();
        axes.stroke(canvas, mean, 0, data.layers() - 1, Palette.CANNOT_ACT, 1);
        for (int[] piece : PanelAxes.pieces(data.layers(), layer -> data.acts(line.key, layer))) {
            if (piece[0] == piece[1]) {
                style.mark().draw(canvas, axes.x(piece[0]), axes.y(mean[piece[0]]), 4, style.light());
            } else {
                axes.stroke(canvas, mean, piece[0], piece[1], style.light(), style.width(), style.dash());
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

    private void names(FigureCanvas canvas, PanelAxes axes) {
        double[] ends = new double[curves.size()];
        for (int i = 0; i < ends.length; i++) {
            double[] mean = curves.get(i).curve.mean();
            ends[i] = axes.y(mean[mean.length - 1]);
        }
        double[] places = Spread.places(ends, 15, axes.y0() + 4, axes.y1());
        for (int i = 0; i < ends.length; i++) {
            PathwayStyle style = curves.get(i).style();
            canvas.line(axes.x1() - 3, ends[i], axes.x1() + 5, places[i], style.light(), 1, 1);
            style.key(canvas, axes.x1() + 8, places[i]);
            double text = axes.x1() + 8 + PathwayStyle.KEY + 6;
            canvas.text(style.label(), text, places[i] + 4, 12, false, Palette.INK, Anchor.START);
        }
        double bottom = axes.y1() + 6 + curves.size() * PITCH + 13;
        layerUnit(canvas, scale, axes.x1(), bottom);
    }
}
