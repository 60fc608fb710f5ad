package sightline.figure;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** Draws pixels. Text is drawn as shapes, so that no font need be installed. */
final class PngCanvas implements FigureCanvas {
    private final Graphics2D graphics;

    private PngCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** A figure as a picture of {@code scale} pixels per CSS pixel. */
    static BufferedImage draw(Figure figure, double scale) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(figure.width() * scale),
                (int) Math.ceil(figure.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        figure.draw(new PngCanvas(graphics));
        graphics.dispose();
        return image;
    }

    @Override
    public void begin(String name, String... attributes) {
        // pixels have no parts
    }

    @Override
    public void end() {
        // pixels have no parts
    }

    @Override
    public void polyline(double[] xs, double[] ys, int colour, double width, double opacity, double... dash) {
        float[] pattern = dash.length == 0 ? null : new float[] {(float) dash[0], (float) dash[1]};
        graphics.setStroke(
                new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0));
        paint(colour, opacity);
        graphics.draw(path(xs, ys));
    }

    @Override
    public void polygon(double[] xs, double[] ys, int colour, double opacity) {
        Path2D path = path(xs, ys);
        path.closePath();
        fill(path, colour, opacity);
    }

    @Override
    public void circle(double x, double y, double radius, int colour) {
        fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), colour, 1);
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, int colour, Anchor anchor) {
        Typeface face = Typeface.of(bold);
        AffineTransform place = AffineTransform.getTranslateInstance(x + shift(face, text, size, anchor), y);
        fill(place.createTransformedShape(face.outline(text, size)), colour, 1);
    }

    @Override
    public void textUpwards(String text, double x, double y, double size, int colour, Anchor anchor) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(-Math.PI / 2);
        place.translate(shift(Typeface.REGULAR, text, size, anchor), 0);
        fill(place.createTransformedShape(Typeface.REGULAR.outline(text, size)), colour, 1);
    }

    /** From x to where the text begins. */
    static double shift(Typeface face, String text, double size, Anchor anchor) {
        return switch (anchor) {
            case START -> 0;
            case MIDDLE -> -face.width(text, size) / 2;
            case END -> -face.width(text, size);
        };
    }

    private void fill(Shape shape, int colour, double opacity) {
        paint(colour, opacity);
        graphics.fill(shape);
    }

    private void paint(int colour, double opacity) {
        graphics.setColor(new Color(colour));
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    }

    private static Path2D path(double[] xs, double[] ys) {
        Path2D path = new Path2D.Double();
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        return path;
    }
}
