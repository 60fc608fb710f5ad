package sightline.figure;

import java.util.Arrays;
import java.util.Locale;
import sightline.analysis.DatasetSummary;
import sightline.analysis.HeadRanking;
import sightline.figure.FigureCanvas.Anchor;

/** What each silenced head takes: a grid of layers by heads, all categories of a dataset together. */
record HeadFigure(DatasetSummary summary, HeadRanking heads) implements Figure {
    private static final int TOLD = 10;
    private static final double LINE = 18;
    private static final double FOOT = 60;
    private static final double SURE = 0.05;

    @Override
    public double width() {
        return CurveFigure.WIDTH;
    }

    @Override
    public double height() {
        return CurveFigure.MARGIN
                + CurveFigure.HEAD
                + Math.max(heads.heads() * row() + FOOT, (told() + 1) * LINE + CurveFigure.MARGIN);
    }

    @Override
    public String title() {
        return summary.data().title() + ": mean loss of log-odds by layer and head";
    }

    private String by() {
        String fill = HeadTable.fill(summary.data());
        return fill.isEmpty() ? "" : " (" + fill + ")";
    }

    /** Many heads are drawn lower. */
    private double row() {
        return heads.heads() > 16 ? 12 : 20;
    }

    @Override
    public void draw(FigureCanvas canvas) {
        CurveFigure.heading(
                canvas,
                this,
                summary,
                "mean loss of the answer’s log-odds, in nats, by layer and head, silenced" + by() + "; n = "
                        + ChangeText.grouped(heads.n()) + "; dot: differs from 0");
        double top = CurveFigure.MARGIN + CurveFigure.HEAD;
        PanelAxes axes = CurveFigure.layers(summary.data(), top, top + heads.heads() * row());
        double left = axes.x0();
        double cell = axes.x(1) - axes.x(0);
        double largest = Math.max(0, Arrays.stream(heads.mean()).max().orElse(0));
        canvas.begin("heads");
        for (int place = 0; place < heads.mean().length; place++) {
            cell(canvas, place, largest, left + heads.layer(place) * cell, top + heads.head(place) * row(), cell);
        }
        for (int head = 0; head < heads.heads(); head += heads.heads() > 16 ? 4 : 1) {
            String label = (head == 0 ? "head " : "") + head;
            canvas.text(label, left - 8, top + (head + 0.5) * row() + 4, 11, false, Palette.SECOND_INK, Anchor.END);
        }
        axis(canvas, left, top + heads.heads() * row(), cell);
        canvas.end();
        HeatFigure.scale(canvas, axes.y1() + FOOT - 24, nats(largest) + " nats   underlined layers: cross-attention");
        largest(canvas, axes.x1() + CurvePanel.NAMES, top);
    }

    private int told() {
        return Math.min(TOLD, heads.mean().length);
    }

    /** The heads that take most, beside the grid. */
    private void largest(FigureCanvas canvas, double x, double y) {
        canvas.begin("largest");
        row(canvas, x, y + 12, Palette.SECOND_INK, "layer", "head", "reads", "loss, nats");
        for (int rank = 0; rank < told(); rank++) {
            int place = heads.order()[rank];
            boolean image = summary.data().crossAttentionLayers().contains(heads.layer(place));
            row(
                    canvas,
                    x,
                    y + 12 + (rank + 1) * LINE,
                    Palette.INK,
                    String.valueOf(heads.layer(place)),
                    String.valueOf(heads.head(place)),
                    image ? "picture" : "text",
                    nats(heads.mean()[place]));
        }
        canvas.end();
    }

    private static void row(FigureCanvas canvas, double x, double y, int colour, String... cells) {
        double[] ends = {x + 36, x + 80, x + 150, x + 230};
        for (int i = 0; i < ends.length; i++) {
            canvas.text(cells[i], ends[i], y, 12, false, colour, Anchor.END);
        }
    }

    private static String nats(double value) {
        return String.format(Locale.ROOT, "%+.2f", value).replace('-', '−');
    }

    private void cell(FigureCanvas canvas, int place, double largest, double x, double y, double width) {
        double share = largest > 0 ? heads.mean()[place] / largest : 0;
        int colour = Palette.heat(-100 * share);
        canvas.rectangle(x + 0.5, y + 0.5, width - 1, row() - 1, colour, 1);
        if (heads.statistics().p()[place] <= SURE) {
            double side = 3;
            canvas.rectangle(x + (width - side) / 2, y + (row() - side) / 2, side, side, Palette.inkOn(colour), 1);
        }
    }

    private void axis(FigureCanvas canvas, double x, double y, double cell) {
        canvas.text("layer", x - 8, y + 14, 11, false, Palette.SECOND_INK, Anchor.END);
        if (!summary.data().crossAttentionLayers().contains(0)) {
            canvas.text("0", x + cell / 2, y + 14, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
        }
        HeatFigure.landmarks(canvas, summary.data(), x, y, cell);
    }
}
