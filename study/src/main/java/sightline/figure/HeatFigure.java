package sightline.figure;

import java.util.List;
import java.util.Locale;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;
import sightline.analysis.TracedDataset;
import sightline.figure.FigureCanvas.Anchor;

/** Window size against layer: a table of blues per pathway, all categories of a dataset together. */
record HeatFigure(DatasetSummary summary, String masking, Metric metric, Clipping clipping) implements Figure {
    private static final double WIDTH = 1216;
    private static final double MARGIN = 24;
    private static final double GAP = 40;
    private static final double NAMES = 42;
    private static final double CELL = 20;
    private static final double HEAD = 38;
    /** Above this many layers cells are too narrow for numbers. */
    private static final int NUMBERED = 24;

    private static final double NUMBER_FROM = -5;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return MARGIN + HEAD + rows() * block() + 24 + MARGIN / 2;
    }

    @Override
    public String title() {
        return summary.data().title() + ": mean change in % by window size and layer, masking " + masking;
    }

    private int rows() {
        return (pathways().size() + 1) / 2;
    }

    private double block() {
        return 24 + sizes().size() * CELL + 34;
    }

    private List<Integer> sizes() {
        return summary.keys().stream()
                .filter(key -> key.masking().equals(masking))
                .map(CurveKey::k)
                .distinct()
                .sorted((a, b) -> b - a)
                .toList();
    }

    private List<String> pathways() {
        return summary.keys().stream()
                .filter(key -> key.masking().equals(masking))
                .map(CurveKey::pathway)
                .distinct()
                .sorted(CurveKey.pathwayOrder())
                .toList();
    }

    @Override
    public void draw(FigureCanvas canvas) {
        canvas.rectangle(0, 0, width(), height(), Palette.BACKGROUND, 1);
        String name = summary.data().title();
        canvas.text(name, MARGIN, MARGIN + 14, 15, true, Palette.INK, Anchor.START);
        String what = "mean change in % by window size and layer, masking " + masking
                + ", all categories; a gap: the window holds no layer of its kind";
        canvas.text(
                what,
                MARGIN + Typeface.BOLD.width(name, 15) + 12,
                MARGIN + 14,
                13,
                false,
                Palette.SECOND_INK,
                Anchor.START);
        double width = (WIDTH - 2 * MARGIN - GAP) / 2;
        for (int i = 0; i < pathways().size(); i++) {
            double x = MARGIN + i % 2 * (width + GAP);
            int row = i / 2;
            table(canvas, pathways().get(i), x, MARGIN + HEAD + row * block(), width);
        }
        scale(canvas, height() - MARGIN / 2 - 20, "−100 %   underlined layers: cross-attention");
    }

    private void table(FigureCanvas canvas, String pathway, double x, double y, double width) {
        PathwayStyle style = PathwayStyle.of(summary.data().intervention(pathway));
        canvas.begin("heat " + pathway);
        style.key(canvas, x, y + 9);
        canvas.text(style.label(), x + PathwayStyle.KEY + 6, y + 13, 13, false, Palette.INK, Anchor.START);
        int layers = summary.data().layers();
        double cell = (width - NAMES) / layers;
        List<Integer> sizes = sizes();
        for (int row = 0; row < sizes.size(); row++) {
            int k = sizes.get(row);
            double top = y + 24 + row * CELL;
            String label = (row == 0 ? "k = " : "") + k;
            canvas.text(label, x + NAMES - 8, top + 14, 12, false, Palette.SECOND_INK, Anchor.END);
            CurveKey key = new CurveKey(pathway, k, masking);
            if (summary.keys().contains(key)) {
                cells(canvas, key, x + NAMES, top, cell);
            }
        }
        axis(canvas, x + NAMES, y + 24 + sizes.size() * CELL, cell);
        canvas.end();
    }

    private void cells(FigureCanvas canvas, CurveKey key, double x, double y, double cell) {
        MeanCurve curve = summary.curve(Group.all(), key, metric, clipping);
        for (int layer = 0; layer < curve.mean().length; layer++) {
            if (summary.data().acts(key, layer)) {
                double change = curve.mean()[layer];
                int colour = Palette.heat(change);
                canvas.rectangle(x + layer * cell + 0.5, y + 0.5, cell - 1, CELL - 1, colour, 1);
                if (summary.data().layers() <= NUMBERED && change <= NUMBER_FROM) {
                    String number = String.format(Locale.ROOT, "−%.0f", -change);
                    double size = number.length() > 3 ? 8.5 : 11;
                    double middle = x + (layer + 0.5) * cell;
                    canvas.text(number, middle, y + 14, size, false, Palette.inkOn(colour), Anchor.MIDDLE);
                }
            }
        }
    }

    private void axis(FigureCanvas canvas, double x, double y, double cell) {
        canvas.text("layer", x - 8, y + 14, 11, false, Palette.SECOND_INK, Anchor.END);
        if (!summary.data().crossAttentionLayers().contains(0)) {
            canvas.text("0", x + cell / 2, y + 14, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
        }
        landmarks(canvas, summary.data(), x, y, cell);
    }

    /** Layers with a number under a grid; those that read the picture are underlined. */
    static void landmarks(FigureCanvas canvas, TracedDataset data, double x, double y, double cell) {
        for (int layer : data.landmarks()) {
            double middle = x + (layer + 0.5) * cell;
            boolean reads = data.crossAttentionLayers().contains(layer);
            if (reads) {
                canvas.rectangle(x + layer * cell + 0.5, y + 1, cell - 1, 2, Palette.SECOND_INK, 1);
            }
            int ink = reads ? Palette.INK : Palette.SECOND_INK;
            canvas.text(String.valueOf(layer), middle, y + 14, 11, reads, ink, Anchor.MIDDLE);
        }
    }

    /**
     * The blues from nothing to the most.
     *
     * @param most what the darkest stands for, and what else is to know
     */
    static void scale(FigureCanvas canvas, double y, String most) {
        canvas.text("0", MARGIN, y + 9, 12, false, Palette.SECOND_INK, Anchor.START);
        int steps = 80;
        for (int i = 0; i < steps; i++) {
            canvas.rectangle(MARGIN + 14 + i * 2, y, 2.2, 8, Palette.heatAt(i / (steps - 1.0)), 1);
        }
        canvas.text(most, MARGIN + 14 + steps * 2 + 8, y + 9, 12, false, Palette.SECOND_INK, Anchor.START);
    }
}
