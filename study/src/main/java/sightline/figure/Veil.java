package sightline.figure;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import sightline.image.PictureWriter;
import sightline.image.RgbImage;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;

/** A picture under a veil that lifts where a number is large, with boxes on it. For one thread. */
public final class Veil {
    /** Of the longer side, pixels. */
    private static final double SIDE = 768;

    /** How much of the picture the veil hides where it is down. */
    private static final double THICKNESS = 0.8;

    /** Small numbers are the common ones: they get more of the scale. */
    private static final double EXPONENT = 0.7;

    private static final float[] DOTS = {2, 4};
    private static final float LABEL = 13;

    private final double scale;
    private final BufferedImage image;

    /** A picture without a veil. */
    public Veil(RgbImage picture) {
        scale = SIDE / Math.max(picture.width(), picture.height());
        image = new BufferedImage(size(picture.width()), size(picture.height()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                scale > 1
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(PictureWriter.pixels(picture), 0, 0, image.getWidth(), image.getHeight(), null);
        graphics.dispose();
    }

    private int size(int side) {
        return Math.max(1, (int) Math.round(side * scale));
    }

    /**
     * Draws the veil.
     *
     * @param grid the picture's patches
     * @param values [patch row][patch column]; below 0 counts as 0
     * @param most the number at which it is lifted altogether, above 0
     */
    public Veil lift(PatchGrid grid, double[][] values, double most) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                double share = Math.max(0, Math.min(1, values[row][column] / most));
                float opacity = (float) (THICKNESS * (1 - Math.pow(share, EXPONENT)));
                graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
                graphics.fill(wholePixels(grid.pixels(new PatchBox(row, column, 1, 1))));
            }
        }
        graphics.dispose();
        return this;
    }

    /** So that neighbours neither overlap nor leave a line between them. */
    private Rectangle2D wholePixels(PixelBox box) {
        double left = Math.round(box.left() * scale);
        double top = Math.round(box.top() * scale);
        return new Rectangle2D.Double(
                left, top, Math.round(box.right() * scale) - left, Math.round(box.bottom() * scale) - top);
    }

    /** Draws boxes that someone chose. */
    public Veil box(List<PixelBox> boxes) {
        return draw(boxes, "box", Palette.ACCENT, new BasicStroke(2.5f), new BasicStroke(4.5f));
    }

    /** Draws boxes that were drawn at random, to hold the others against. */
    public Veil random(List<PixelBox> boxes) {
        BasicStroke dotted = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DOTS, 0);
        return draw(boxes, "random", Palette.SECOND_INK, dotted, new BasicStroke(3.5f));
    }

    private Veil draw(List<PixelBox> boxes, String label, int colour, BasicStroke line, BasicStroke halo) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        List<Rectangle2D> places = new ArrayList<>();
        for (PixelBox box : boxes) {
            places.add(new Rectangle2D.Double(
                    box.left() * scale, box.top() * scale, box.width() * scale, box.height() * scale));
        }
        for (Rectangle2D place : places) {
            graphics.setColor(new Color(Palette.BACKGROUND));
            graphics.setStroke(halo);
            graphics.draw(place);
            graphics.setColor(new Color(colour));
            graphics.setStroke(line);
            graphics.draw(place);
            label(graphics, label, place, colour);
        }
        graphics.dispose();
        return this;
    }

    /** In the box's corner; a smaller box goes without. */
    private static void label(Graphics2D graphics, String label, Rectangle2D place, int colour) {
        double width = Typeface.REGULAR.width(label, LABEL);
        if (place.getWidth() < width + 16 || place.getHeight() < LABEL + 16) {
            return;
        }
        graphics.setColor(new Color(Palette.BACKGROUND));
        graphics.fill(new Rectangle2D.Double(place.getX() + 4, place.getY() + 4, width + 8, LABEL + 5));
        graphics.setColor(new Color(colour));
        graphics.fill(AffineTransform.getTranslateInstance(place.getX() + 8, place.getY() + 4 + LABEL)
                .createTransformedShape(Typeface.REGULAR.outline(label, LABEL)));
    }

    /** Writes it as PNG. */
    public void writeTo(OutputStream file) throws IOException {
        FigureFiles.png(image, file);
    }
}
