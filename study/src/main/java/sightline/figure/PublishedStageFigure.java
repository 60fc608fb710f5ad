package sightline.figure;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sightline.analysis.PublishedPlots;
import sightline.analysis.PublishedPlots.Stage;
import sightline.analysis.TracedDataset;
import sightline.figure.FigureCanvas.Anchor;

/**
 * The published figure of stages: per pathway the absolute mean change of each stage, a line per dataset.
 *
 * @param stages alike in all datasets
 * @param lines in the order of drawing
 */
record PublishedStageFigure(int k, List<Stage> stages, List<Line> lines) implements Figure {
    private static final List<Panel> PANELS = List.of(
            new Panel("image_to_question", "Image", "Question"),
            new Panel("image_to_last", "Image", "Last"),
            new Panel("question_to_last", "Question", "Last"));
    /** The plotting library's first colours. */
    private static final int[] COLOURS = {0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B};

    private static final int BLACK = 0x000000;
    private static final double HIGHEST = 105;
    private static final double PANEL = 380;
    private static final double GAP = 64;
    private static final double LEFT = 84;

    /**
     * A dataset's line.
     *
     * @param means pathway to mean change by layer
     */
    record Line(TracedDataset data, Map<String, double[]> means) {}

    /** A pathway's part of the figure, with its title's two ends. */
    private record Panel(String pathway, String source, String target) {}

    /** Gathers the datasets in the published order; all must have the same stages and the pathways of the figure. */
    static PublishedStageFigure of(List<TracedDataset> datasets, int k, String masking) {
        List<Line> lines = datasets.stream()
                .sorted(Comparator.comparingInt(data -> data.dataset().placeInPlots()))
                .map(data -> new Line(data, PublishedPlots.wholeDataset(data, k, masking)))
                .toList();
        TracedDataset first = datasets.get(0);
        return new PublishedStageFigure(k, PublishedPlots.stages(first.layers(), first.crossAttentionLayers()), lines);
    }

    @Override
    public double width() {
        return LEFT + 3 * PANEL + 2 * GAP + 16;
    }

    @Override
    public double height() {
        return 430;
    }

    @Override
    public String title() {
        return "Change in probability (%) by stage of layers, k = " + k;
    }

    @Override
    public void draw(FigureCanvas canvas) {
        canvas.rectangle(0, 0, width(), height(), 0xFFFFFF, 1);
        for (int panel = 0; panel < PANELS.size(); panel++) {
            panel(canvas, PANELS.get(panel), LEFT + panel * (PANEL + GAP), panel == 0);
        }
        legend(canvas);
    }

    private void panel(FigureCanvas canvas, Panel panel, double left, boolean first) {
        double end = stages.size() - 1;
        PlotAxes axes = new PlotAxes(left, 44, PANEL, 280, -0.05 * end, 1.05 * end, 0, HIGHEST);
        canvas.begin("stages " + panel.pathway(), axes.attributes());
        title(canvas, panel, left + PANEL / 2, 28);
        for (int i = 0; i < stages.size(); i++) {
            axes.xTick(canvas, i, stages.get(i).label(), 12, true);
        }
        for (double tick = 0; tick <= 100; tick += 20) {
            axes.yTick(canvas, tick, 13);
        }
        for (int place = 0; place < lines.size(); place++) {
            int colour = COLOURS[place % COLOURS.length];
            double[] mean = lines.get(place).means().get(panel.pathway());
            if (mean != null) {
                double[] values = PublishedPlots.stageMeans(mean, stages);
                double[] places =
                        IntStream.range(0, values.length).asDoubleStream().toArray();
                canvas.begin("line", "dataset", lines.get(place).data().title());
                axes.line(canvas, places, values, colour, 2, 1);
                for (int i = 0; i < values.length; i++) {
                    canvas.circle(axes.x(i), axes.y(values[i]), 4, colour);
                }
                canvas.end();
            }
        }
        axes.frame(canvas);
        canvas.text("Layers", left + PANEL / 2, 374, 18, false, BLACK, Anchor.MIDDLE);
        if (first) {
            canvas.textUpwards("Change in probability (%)", 26, 44 + 140, 18, BLACK, Anchor.MIDDLE);
        }
        canvas.end();
    }

    /** With a struck arrow, which the font does not have. */
    private static void title(FigureCanvas canvas, Panel panel, double middle, double y) {
        String before = panel.source() + " ";
        String after = " " + panel.target();
        double size = 22;
        double arrow = Typeface.REGULAR.width("→", size);
        double x = middle - (Typeface.REGULAR.width(before + after, size) + arrow) / 2;
        canvas.text(before + "→" + after, x, y, size, false, BLACK, Anchor.START);
        double strike = x + Typeface.REGULAR.width(before, size) + arrow * 0.45;
        canvas.line(strike - 3, y - 1, strike + 3, y - 14, BLACK, 1.4, 1);
    }

    private void legend(FigureCanvas canvas) {
        double x = width() - 16;
        for (int place = lines.size() - 1; place >= 0; place--) {
            String title = lines.get(place).data().title();
            int colour = COLOURS[place % COLOURS.length];
            x -= Typeface.REGULAR.width(title, 20);
            canvas.text(title, x, 416, 20, false, BLACK, Anchor.START);
            canvas.line(x - 46, 409, x - 10, 409, colour, 2, 1);
            canvas.circle(x - 28, 409, 4, colour);
            x -= 70;
        }
    }
}
