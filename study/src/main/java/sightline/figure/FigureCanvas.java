package sightline.figure;

/** What figures are drawn on. Lengths are CSS pixels, y grows downwards, colours are 0xRRGGBB. */
interface FigureCanvas {
    /** Where a text stands relative to its x. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Begins a named part; only formats that can tell parts apart keep the name. */
    void begin(String name, String... attributes);

    /** Ends the last part that was begun. */
    void end();

    /** A line through points; {@code dash} is empty for a solid one. */
    void polyline(double[] xs, double[] ys, int colour, double width, double opacity, double... dash);

    /** A filled shape. */
    void polygon(double[] xs, double[] ys, int colour, double opacity);

    /** A filled disc. */
    void circle(double x, double y, double radius, int colour);

    /** A line of text on its baseline. */
    void text(String text, double x, double y, double size, boolean bold, int colour, Anchor anchor);

    /** The same, turned a quarter to the left around (x, y). */
    void textUpwards(String text, double x, double y, double size, int colour, Anchor anchor);

    /** A straight line. */
    default void line(
            double x1, double y1, double x2, double y2, int colour, double width, double opacity, double... dash) {
        polyline(new double[] {x1, x2}, new double[] {y1, y2}, colour, width, opacity, dash);
    }

    /** A filled rectangle. */
    default void rectangle(double x, double y, double width, double height, int colour, double opacity) {
        polygon(
                new double[] {x, x + width, x + width, x},
                new double[] {y, y, y + height, y + height},
                colour,
                opacity);
    }
}
