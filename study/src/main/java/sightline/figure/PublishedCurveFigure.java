package sightline.figure;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sightline.analysis.PublishedPlots;
import sightline.analysis.TracedDataset;
import sightline.figure.FigureCanvas.Anchor;

/**
 * A category's curves as published: colours, dotted lines at cross-attention layers, grid, a frame of 4 × 3 inches.
 *
 * @param curves per pathway, from {@link PublishedPlots#category}
 */
record PublishedCurveFigure(TracedDataset data, String category, int k, Map<String, double[]> curves)
        implements Figure {
    private static final Map<String, Integer> COLOURS = Map.of(
            "last_to_last", 0xFF0000,
            "image_to_last", 0xFFA500,
            "question_to_last", 0x008000,
            "image_to_question", 0x800080);
    private static final int BLUE = 0x0000FF;
    private static final int BLACK = 0x000000;
    /** CSS pixels per point. */
    private static final double POINT = 96 / 72.0;

    @Override
    public double width() {
        return 430;
    }

    @Override
    public double height() {
        return 322;
    }

    @Override
    public String title() {
        return data.title() + ", " + category + ", k = " + k + ": change in probability (%) by layer";
    }

    @Override
    public void draw(FigureCanvas canvas) {
        canvas.rectangle(0, 0, width(), height(), 0xFFFFFF, 1);
        PlotAxes axes = axes();
        canvas.begin("axes", axes.attributes());
        double size = 10 * POINT;
        for (double tick : PlotAxes.ticks(axes.x0(), axes.x1())) {
            axes.xTick(canvas, tick, String.valueOf(Math.round(tick)), size, true);
        }
        for (double tick : PlotAxes.ticks(axes.y0(), axes.y1())) {
            axes.yTick(canvas, tick, size);
        }
        for (int layer = (int) Math.ceil(axes.x0()); layer <= axes.x1(); layer++) {
            double x = axes.x(layer);
            double bottom = axes.top() + axes.height();
            canvas.line(x, bottom, x, bottom + 5 * POINT, BLACK, 0.8, 1);
        }
        for (String pathway : PublishedPlots.PATHWAYS) {
            double[] layers = IntStream.range(0, data.layers()).asDoubleStream().toArray();
            canvas.begin("curve " + pathway);
            axes.line(canvas, layers, curves.get(pathway), COLOURS.get(pathway), 2 * POINT, 0.9);
            canvas.end();
        }
        canvas.begin("cross-attention");
        for (int layer : data.crossAttentionLayers()) {
            double x = axes.x(layer);
            double width = 1.5 * POINT;
            canvas.line(x, axes.top(), x, axes.top() + axes.height(), BLUE, width, 1, width, 1.65 * width);
        }
        canvas.end();
        axes.frame(canvas);
        double large = 12 * POINT;
        double middle = axes.left() + axes.width() / 2;
        canvas.text("Layer", middle, height() - 8, large, false, BLACK, Anchor.MIDDLE);
        canvas.textUpwards(
                "Change in probability (%)", large + 2, axes.top() + axes.height() / 2, large, BLACK, Anchor.MIDDLE);
        canvas.end();
    }

    private PlotAxes axes() {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] curve : curves.values()) {
            for (double value : curve) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        double margin = highest > lowest ? 0.05 * (highest - lowest) : 1; // the plotting library's own
        boolean fromZero = data.dataset().plotsFromZero();
        double end = data.layers() - 1;
        List<Double> x = fromZero ? List.of(0.0, end + 1) : List.of(-0.05 * end, 1.05 * end);
        return new PlotAxes(74, 10, 346, 252, x.get(0), x.get(1), lowest - margin, highest + margin);
    }
}
