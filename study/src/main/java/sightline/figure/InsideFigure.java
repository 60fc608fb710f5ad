package sightline.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.InsideSummary;
import sightline.analysis.LayerMeans;
import sightline.figure.FigureCanvas.Anchor;

/**
 * What was read inside the decoder by layer, all categories together: layers stand where they do in the large panel of {@link
 * CurveFigure}.
 *
 * @param what the numbers are, behind the dataset's name
 * @param lines in the order of reading
 * @param panel the width of that panel
 * @param percent whether the numbers are shares
 */
record InsideFigure(DatasetSummary summary, String what, List<Line> lines, double panel, boolean percent)
        implements Figure {
    private static final double HEIGHT = 300;
    private static final double TOP = CurveFigure.MARGIN + 52;
    private static final double BOTTOM = HEIGHT - 36;

    /**
     * A line.
     *
     * @param means by layer; NaN where there is none
     */
    record Line(String name, int colour, double width, double[] dash, LayerMeans means) {}

    /** The answer's log-probability by layer; empty if no lens was read. */
    static Optional<Figure> lens(DatasetSummary summary, InsideSummary inside, double panel) {
        return inside.lens().map(lens -> {
            List<Line> lines = new ArrayList<>(
                    List.of(new Line("nothing cut", Palette.INK, 2, new double[0], behindLayers(lens.uncut()))));
            List<CurveKey> keys =
                    lens.cut().stream().map(InsideSummary.CutLens::key).toList();
            int k = CurveKey.usualSize(keys);
            String masking = keys.isEmpty() ? "" : keys.get(0).masking();
            for (InsideSummary.CutLens cut : lens.cut()) {
                if (cut.key().k() == k && cut.key().masking().equals(masking)) {
                    PathwayStyle style = PathwayStyle.of(
                            summary.data().intervention(cut.key().pathway()));
                    lines.add(new Line(
                            style.label(), style.light(), style.width(), style.dash(), behindLayers(cut.logP())));
                }
            }
            String cuts = keys.isEmpty() ? "" : "; cuts: k = " + k + ", masking " + masking;
            return new InsideFigure(
                    summary,
                    "log-probability of the answer, nats" + cuts + "; n = "
                            + ChangeText.grouped(lens.count().n()),
                    lines,
                    panel,
                    false);
        });
    }

    /** Attention by role and layer; empty if none was read. */
    static Optional<Figure> attention(DatasetSummary summary, InsideSummary inside, double panel) {
        if (inside.attention().isEmpty()) {
            return Optional.empty();
        }
        List<Line> lines = inside.attention().stream()
                .map(role -> new Line(
                        PathwayStyle.spaced(role.role()),
                        RoleStyle.colour(role.role()),
                        1.8,
                        RoleStyle.dash(role.role()),
                        role.share()))
                .toList();
        return Optional.of(new InsideFigure(
                summary,
                "attention of the row that reads out, mean over heads; n = "
                        + ChangeText.grouped(inside.attention().get(0).count().n()),
                lines,
                panel,
                true));
    }

    /** Without the embedding. */
    private static LayerMeans behindLayers(LayerMeans lens) {
        int entries = lens.mean().length;
        return new LayerMeans(
                Arrays.copyOfRange(lens.mean(), 1, entries),
                Arrays.copyOfRange(lens.error(), 1, entries),
                Arrays.copyOfRange(lens.low(), 1, entries),
                Arrays.copyOfRange(lens.high(), 1, entries),
                Arrays.copyOfRange(lens.carried(), 1, entries));
    }

    @Override
    public double width() {
        return panel + 2 * CurveFigure.MARGIN;
    }

    @Override
    public double height() {
        return HEIGHT;
    }

    @Override
    public String title() {
        return summary.data().title() + ": " + what;
    }

    private PlotAxes axes() {
        double low = percent ? 0 : Math.min(-1, smallest());
        double left = CurveFigure.MARGIN + CurvePanel.SCALE;
        double wide = panel - CurvePanel.SCALE - CurvePanel.NAMES;
        return new PlotAxes(left, TOP, wide, BOTTOM - TOP, -0.5, summary.data().layers() - 0.5, low, percent ? 1 : 0);
    }

    private double smallest() {
        return lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.means().mean()))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
    }

    @Override
    public void draw(FigureCanvas canvas) {
        canvas.rectangle(0, 0, width(), height(), Palette.BACKGROUND, 1);
        double x = CurveFigure.MARGIN;
        canvas.text(
                Typeface.BOLD.fit(summary.data().title(), 15, panel), x, x + 14, 15, true, Palette.INK, Anchor.START);
        String told = Typeface.REGULAR.fit(what, 12, panel);
        canvas.text(told, x, x + 33, 12, false, Palette.SECOND_INK, Anchor.START);
        PlotAxes axes = axes();
        grid(canvas, axes);
        for (Line line : lines) {
            canvas.begin("line " + line.name());
            stroke(canvas, axes, line);
            canvas.end();
        }
        names(canvas, axes);
    }

    private void grid(FigureCanvas canvas, PlotAxes axes) {
        canvas.begin("grid");
        for (int layer : summary.data().crossAttentionLayers()) {
            canvas.line(axes.x(layer), TOP, axes.x(layer), BOTTOM, Palette.RULE, 1, 1);
        }
        CurvePanel.layerNumbers(canvas, summary.scale().marks(summary.data()), axes::x, BOTTOM + 16);
        CurvePanel.layerUnit(canvas, summary.scale(), axes.x(axes.x1()), BOTTOM + 16);
        for (double tick : percent ? List.of(0.0, 0.5, 1.0) : PlotAxes.ticks(axes.y0(), 0)) {
            String label = percent ? Math.round(100 * tick) + (tick > 0 ? " %" : "") : PlotAxes.label(tick);
            canvas.text(label, axes.left() - 5, axes.y(tick) + 4, 11, false, Palette.SECOND_INK, Anchor.END);
        }
        double floor = axes.y(0);
        canvas.line(axes.left(), floor, axes.x(axes.x1()), floor, Palette.SECOND_INK, 1, 0.55);
        canvas.end();
    }

    /** Over layers that do not tell, straight on. */
    private static void stroke(FigureCanvas canvas, PlotAxes axes, Line line) {
        double[] mean = line.means().mean();
        int[] known = known(mean);
        double[] xs = Arrays.stream(known).mapToDouble(axes::x).toArray();
        double[] ys =
                Arrays.stream(known).mapToDouble(layer -> axes.y(mean[layer])).toArray();
        band(canvas, axes, line, known);
        canvas.polyline(xs, ys, line.colour(), line.width(), 1, line.dash());
    }

    /** Stretches of layers each; a lone one has no width. */
    private static void band(FigureCanvas canvas, PlotAxes axes, Line line, int... known) {
        List<Integer> run = new ArrayList<>();
        for (int i = 0; i <= known.length; i++) {
            if (i < known.length
                    && line.means().carried()[known[i]]
                    && Double.isFinite(line.means().low()[known[i]])
                    && Double.isFinite(line.means().high()[known[i]])) {
                run.add(known[i]);
            } else {
                if (run.size() > 1) {
                    band(canvas, axes, line, run);
                }
                run.clear();
            }
        }
    }

    private static void band(FigureCanvas canvas, PlotAxes axes, Line line, List<Integer> run) {
        double[] xs = new double[2 * run.size()];
        double[] ys = new double[xs.length];
        for (int i = 0; i < run.size(); i++) {
            int layer = run.get(i);
            int back = xs.length - 1 - i;
            xs[i] = axes.x(layer);
            xs[back] = xs[i];
            ys[i] = axes.y(Math.max(axes.y0(), line.means().low()[layer]));
            ys[back] = axes.y(line.means().high()[layer]);
        }
        canvas.polygon(xs, ys, line.colour(), 0.16);
    }

    private static int[] known(double... mean) {
        return IntStream.range(0, mean.length)
                .filter(layer -> Double.isFinite(mean[layer]))
                .toArray();
    }

    private void names(FigureCanvas canvas, PlotAxes axes) {
        double[] ends = lines.stream()
                .mapToDouble(line -> {
                    double[] mean = line.means().mean();
                    int[] known = known(mean);
                    return axes.y(mean[known[known.length - 1]]);
                })
                .toArray();
        double[] places = Spread.places(ends, 15, TOP + 4, BOTTOM);
        double x = axes.x(axes.x1());
        canvas.begin("names");
        for (int i = 0; i < ends.length; i++) {
            Line line = lines.get(i);
            canvas.line(x - 3, ends[i], x + 5, places[i], line.colour(), 1, 1);
            canvas.line(
                    x + 8, places[i], x + 8 + PathwayStyle.KEY, places[i], line.colour(), line.width(), 1, line.dash());
            canvas.text(line.name(), x + 14 + PathwayStyle.KEY, places[i] + 4, 12, false, Palette.INK, Anchor.START);
        }
        canvas.end();
    }
}
