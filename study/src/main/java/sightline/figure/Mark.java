package sightline.figure;

/** The sign of a pathway on its curve, so that colour is never the only one. */
enum Mark {
    CIRCLE,
    DIAMOND,
    SQUARE,
    TRIANGLE;

    /** Draws it around a point. */
    void draw(FigureCanvas canvas, double x, double y, double size, int colour) {
        double r = size / 2;
        switch (this) {
            case CIRCLE -> canvas.circle(x, y, r, colour);
            case SQUARE -> canvas.rectangle(x - r, y - r, size, size, colour, 1);
            case DIAMOND ->
                canvas.polygon(new double[] {x, x + r, x, x - r}, new double[] {y - r, y, y + r, y}, colour, 1);
            case TRIANGLE ->
                canvas.polygon(
                        new double[] {x, x + r * 0.95, x - r * 0.95},
                        new double[] {y - r, y + r * 0.85, y + r * 0.85},
                        colour,
                        1);
        }
    }

    /** How large it must be drawn to look as large as the others. */
    double size() {
        return this == CIRCLE || this == SQUARE ? 6.5 : 8;
    }
}
