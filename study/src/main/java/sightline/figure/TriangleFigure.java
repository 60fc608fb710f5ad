package sightline.figure;

import java.util.List;
import sightline.analysis.DatasetSummary;
import sightline.analysis.LayerScale;
import sightline.analysis.Triangle;
import sightline.figure.FigureCanvas.Anchor;
import sightline.knockout.Window;

/** Where a cut has to begin and end: a triangle of blues for each pathway, all categories of a dataset together. */
record TriangleFigure(DatasetSummary summary, String masking, List<Triangle> triangles) implements Figure {
    private static final int COLUMNS = 3;
    private static final double GAP = 40;
    private static final double NAMES = 42;
    private static final double LINE = 24;
    private static final double SURE = 0.05;

    @Override
    public double width() {
        return CurveFigure.WIDTH;
    }

    @Override
    public double height() {
        int rows = (triangles.size() + COLUMNS - 1) / COLUMNS;
        return CurveFigure.MARGIN + CurveFigure.HEAD + rows * block() + LINE + CurveFigure.MARGIN / 2;
    }

    @Override
    public String title() {
        return summary.data().title() + ": mean change in % by the first and the last layer that are cut, masking "
                + masking;
    }

    private double wide() {
        return (CurveFigure.WIDTH - 2 * CurveFigure.MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
    }

    private double cell() {
        return (wide() - NAMES) / summary.data().layers();
    }

    private double block() {
        return LINE + summary.data().layers() * cell() + 34;
    }

    @Override
    public void draw(FigureCanvas canvas) {
        CurveFigure.heading(
                canvas,
                this,
                summary,
                "mean change in % with all layers from one to another cut, masking " + masking + "; n = "
                        + ChangeText.grouped(triangles.get(0).n()) + "; dot: differs from 0");
        for (int i = 0; i < triangles.size(); i++) {
            double x = CurveFigure.MARGIN + i % COLUMNS * (wide() + GAP);
            int row = i / COLUMNS;
            triangle(canvas, triangles.get(i), x, CurveFigure.MARGIN + CurveFigure.HEAD + row * block());
        }
        HeatFigure.scale(
                canvas, height() - CurveFigure.MARGIN / 2 - 20, "−100 %   numbered layers: 0 and cross-attention");
    }

    private void triangle(FigureCanvas canvas, Triangle triangle, double x, double y) {
        PathwayStyle style =
                PathwayStyle.of(summary.data().intervention(triangle.cut().intervention()));
        canvas.begin("triangle " + triangle.cut().intervention());
        style.key(canvas, x, y + 9);
        canvas.text(style.label(), x + PathwayStyle.KEY + 6, y + 13, 13, false, Palette.INK, Anchor.START);
        double left = x + NAMES;
        double top = y + LINE;
        for (int place = 0; place < triangle.mean().length; place++) {
            Window window = triangle.windows().get(place);
            int colour = Palette.heat(triangle.mean()[place]);
            double cx = left + window.last() * cell();
            double cy = top + window.first() * cell();
            canvas.rectangle(cx + 0.5, cy + 0.5, cell() - 1, cell() - 1, colour, 1);
            if (triangle.statistics().p()[place] <= SURE) {
                double side = Math.min(3, cell() / 4);
                double in = (cell() - side) / 2;
                canvas.rectangle(cx + in, cy + in, side, side, Palette.inkOn(colour), 1);
            }
        }
        double bottom = top + summary.data().layers() * cell();
        for (LayerScale.Mark mark : LayerScale.LAYERS.marks(summary.data())) {
            String number = mark.text();
            double middle = (mark.layer() + 0.5) * cell();
            canvas.text(
                    (mark.layer() == 0 ? "first " : "") + number,
                    left - 8,
                    top + middle + 4,
                    11,
                    false,
                    Palette.SECOND_INK,
                    Anchor.END);
            canvas.text(number, left + middle, bottom + 14, 11, false, Palette.SECOND_INK, Anchor.MIDDLE);
        }
        canvas.text("last", left - 8, bottom + 14, 11, false, Palette.SECOND_INK, Anchor.END);
        canvas.end();
    }
}
