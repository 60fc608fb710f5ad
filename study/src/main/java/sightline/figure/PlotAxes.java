package sightline.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import sightline.figure.FigureCanvas.Anchor;

/**
 * A framed plot with a grid, as the published figures have it.
 *
 * @param left of the frame
 * @param x0 value at the left
 * @param x1 value at the right
 * @param y0 value at the bottom
 * @param y1 value at the top
 */
record PlotAxes(double left, double top, double width, double height, double x0, double x1, double y0, double y1) {
    private static final int BLACK = 0x000000;
    private static final int GRID = 0xB0B0B0;

    double x(double value) {
        return left + width * (value - x0) / (x1 - x0);
    }

    double y(double value) {
        return top + height * (y1 - value) / (y1 - y0);
    }

    /** The frame's place and the values at its ends, for programs that read the drawing. */
    String[] attributes() {
        return new String[] {
            "frame", left + " " + top + " " + width + " " + height, "range", x0 + " " + x1 + " " + y0 + " " + y1
        };
    }

    void line(FigureCanvas canvas, double[] xs, double[] ys, int colour, double width, double opacity) {
        double[] px = new double[xs.length];
        double[] py = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            px[i] = x(xs[i]);
            py[i] = y(ys[i]);
        }
        canvas.polyline(px, py, colour, width, opacity);
    }

    void frame(FigureCanvas canvas) {
        double right = left + width;
        double bottom = top + height;
        canvas.polyline(
                new double[] {left, right, right, left, left},
                new double[] {top, top, bottom, bottom, top},
                BLACK,
                1.07,
                1);
    }

    void xTick(FigureCanvas canvas, double value, String label, double size, boolean grid) {
        if (grid) {
            canvas.line(x(value), top, x(value), top + height, GRID, 1.07, 1);
        }
        canvas.line(x(value), top + height, x(value), top + height + 4.7, BLACK, 1.07, 1);
        canvas.text(label, x(value), top + height + 6 + size, size, false, BLACK, Anchor.MIDDLE);
    }

    void yTick(FigureCanvas canvas, double value, double size) {
        canvas.line(left, y(value), left + width, y(value), GRID, 1.07, 1);
        canvas.line(left - 4.7, y(value), left, y(value), BLACK, 1.07, 1);
        canvas.text(label(value), left - 8, y(value) + size * 0.36, size, false, BLACK, Anchor.END);
    }

    /** A round value, with as many decimals as it has. */
    static String label(double value) {
        String digits = BigDecimal.valueOf(Math.abs(value))
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        return (value < 0 ? "−" : "") + digits;
    }

    /** Round values within a range, about five. */
    static List<Double> ticks(double from, double to) {
        double raw = (to - from) / 6;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (double tick = Math.ceil(from / step) * step; tick <= to + 1e-9; tick += step) {
            ticks.add(Math.rint(tick / step) * step);
        }
        return ticks;
    }
}
