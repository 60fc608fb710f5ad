package sightline.figure;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sightline.analysis.DatasetSummary;
import sightline.analysis.HeadCurves;
import sightline.figure.FigureCanvas.Anchor;
import sightline.run.HeadShares;
import sightline.statistics.Estimate;

/** How much of the answer shares of the heads carry: kept, and cut, the ranking against random heads of the same layers. */
record HeadCurveFigure(DatasetSummary summary, HeadCurves curves) implements Figure {
    private static final double PANEL = 186;
    private static final double NAMES = 92;
    private static final double LABELS = 44;
    private static final double BAND = 0.16;
    private static final double QUARTER = 4;

    @Override
    public double width() {
        return CurveFigure.WIDTH;
    }

    @Override
    public double height() {
        return CurveFigure.MARGIN + CurveFigure.HEAD + CurveFigure.CAPTION + PANEL + CurveFigure.MARGIN;
    }

    @Override
    public String title() {
        return summary.data().title() + ": faithfulness by share of heads, kept and cut";
    }

    @Override
    public void draw(FigureCanvas canvas) {
        CurveFigure.heading(
                canvas,
                this,
                summary,
                "faithfulness by share of " + ChangeText.grouped(curves.heads())
                        + " heads, ranked on the other half of the pictures; n = " + ChangeText.grouped(curves.n())
                        + "; 95 % of resamples");
        double each = (CurveFigure.WIDTH - 2 * CurveFigure.MARGIN - 40) / 2;
        panel(canvas, true, CurveFigure.MARGIN, each);
        panel(canvas, false, CurveFigure.MARGIN + each + 40, each);
    }

    private double end(boolean top) {
        double[] all = curves.curves().stream()
                .flatMap(curve -> curve.faithfulness().stream())
                .mapToDouble(Estimate::value)
                .filter(Double::isFinite)
                .toArray();
        double most = IntStream.range(0, all.length)
                .mapToDouble(i -> all[i])
                .reduce(top ? 1 : 0, top ? Math::max : Math::min);
        return (top ? Math.ceil(most * QUARTER) : Math.floor(most * QUARTER)) / QUARTER;
    }

    private void panel(FigureCanvas canvas, boolean keep, double x, double width) {
        double y = CurveFigure.MARGIN + CurveFigure.HEAD;
        canvas.begin("panel", "heads", keep ? "kept" : "cut");
        canvas.text(keep ? "Kept" : "Cut", x, y + 13, 13, false, Palette.INK, Anchor.START);
        double top = end(true);
        double bottom = end(false);
        double first = x + LABELS;
        double last = x + width - NAMES;
        double decades = -Math.log10(HeadShares.SHARES.get(0));
        DoubleUnaryOperator across = share -> first + (last - first) * (1 + Math.log10(share) / decades);
        double upper = y + CurveFigure.CAPTION + 6;
        double lower = y + CurveFigure.CAPTION + PANEL - 22;
        DoubleUnaryOperator down =
                f -> upper + (lower - upper) * (top - Math.max(bottom, Math.min(top, f))) / (top - bottom);
        canvas.line(first, down.applyAsDouble(1), last, down.applyAsDouble(1), Palette.RULE, 1, 1);
        canvas.line(first, down.applyAsDouble(0), last, down.applyAsDouble(0), Palette.SECOND_INK, 1, 0.55);
        for (double tick = Math.ceil(bottom * 2) / 2 + 0.0; tick <= top; tick += 0.5) {
            String text = String.format(Locale.ROOT, tick == Math.rint(tick) ? "%.0f" : "%.1f", tick)
                    .replace('-', '−');
            canvas.text(text, first - 5, down.applyAsDouble(tick) + 4, 11, false, Palette.SECOND_INK, Anchor.END);
        }
        for (double share : new double[] {0.001, 0.01, 0.1, 1}) {
            String text = CurveFigure.number(100 * share) + " %";
            canvas.text(text, across.applyAsDouble(share), lower + 17, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
        }
        for (boolean random : new boolean[] {true, false}) {
            curves.curves().stream()
                    .filter(curve -> curve.keep() == keep && curve.random() == random)
                    .forEach(curve -> curve(canvas, curve, across, down));
        }
        names(canvas, last, down.applyAsDouble(keep ? 1 : 0), keep);
        canvas.end();
    }

    private static void curve(
            FigureCanvas canvas, HeadCurves.Curve curve, DoubleUnaryOperator across, DoubleUnaryOperator down) {
        int colour = curve.random() ? Palette.SECOND_INK : Palette.ACCENT;
        int[] known = places(curve.faithfulness(), Estimate::value);
        int[] banded = places(curve.faithfulness(), Estimate::low);
        int count = banded.length;
        if (count > 1) {
            double[] xs = new double[2 * count];
            double[] ys = new double[2 * count];
            for (int i = 0; i < count; i++) {
                Estimate one = curve.faithfulness().get(banded[i]);
                xs[i] = across.applyAsDouble(HeadShares.SHARES.get(banded[i]));
                ys[i] = down.applyAsDouble(one.high());
                xs[2 * count - 1 - i] = xs[i];
                ys[2 * count - 1 - i] = down.applyAsDouble(one.low());
            }
            canvas.polygon(xs, ys, colour, BAND);
        }
        double[] xs = new double[known.length];
        double[] ys = new double[known.length];
        for (int i = 0; i < known.length; i++) {
            xs[i] = across.applyAsDouble(HeadShares.SHARES.get(known[i]));
            ys[i] = down.applyAsDouble(curve.faithfulness().get(known[i]).value());
            if (!curve.random()) {
                canvas.circle(xs[i], ys[i], 3, colour);
            }
        }
        if (known.length > 1) {
            stroke(canvas, xs, ys, curve.random());
        }
    }

    private static void stroke(FigureCanvas canvas, double[] xs, double[] ys, boolean random) {
        if (random) {
            canvas.polyline(xs, ys, Palette.SECOND_INK, 1.5, 1, 1.5, 3);
        } else {
            canvas.polyline(xs, ys, Palette.ACCENT, 2.2, 1);
        }
    }

    private static int[] places(List<Estimate> estimates, ToDoubleFunction<Estimate> number) {
        return IntStream.range(0, estimates.size())
                .filter(i -> Double.isFinite(number.applyAsDouble(estimates.get(i))))
                .toArray();
    }

    /** Both lines end at one point; the names stand at it in the lines' order, which is that of a good ranking. */
    private static void names(FigureCanvas canvas, double x, double y, boolean keep) {
        double first = Math.max(y - 8, CurveFigure.MARGIN + CurveFigure.HEAD + CurveFigure.CAPTION + 6);
        for (boolean random : new boolean[] {false, true}) {
            double at = random == keep ? first + 15 : first;
            stroke(canvas, new double[] {x + 6, x + 24}, new double[] {at, at}, random);
            canvas.text(random ? "random" : "ranked", x + 30, at + 4, 12, false, Palette.INK, Anchor.START);
        }
    }
}
