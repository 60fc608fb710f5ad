package sightline.figure;

import java.util.List;
import sightline.analysis.TracedDataset;

/** Below a panel's curves a row of cells for each: filled where the mean is significant, hollow where not, grey where it cannot act. */
record PanelStrip(FigureCanvas canvas, PanelAxes axes, TracedDataset data, List<CurvePanel.Line> curves) {
    private static final double CELL = 4;

    void draw() {
        double cell = (axes.x1() - axes.x0()) / data.layers();
        double gap = Math.min(1, cell / 5);
        for (int row = 0; row < curves.size(); row++) {
            CurvePanel.Line line = curves.get(row);
            for (int layer = 0; layer < data.layers(); layer++) {
                boolean acts = data.acts(line.key(), layer);
                double left = axes.x0() + layer * cell + gap / 2;
                double top = axes.y1() + 6 + row * CurvePanel.PITCH;
                if (acts && !line.curve().significant()[layer]) {
                    hollow(
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

    private void hollow(double left, double top, double width, double height, int colour) {
        double right = left + width;
        double bottom = top + height;
        double[] xs = {left, right, right, left, left};
        double[] ys = {top, top, bottom, bottom, top};
        canvas.polyline(xs, ys, colour, 1, 0.72);
    }
}
