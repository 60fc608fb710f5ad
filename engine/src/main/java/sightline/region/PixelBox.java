package sightline.region;

import java.util.Optional;

/**
 * A box on a picture: [left, right) × [top, bottom), in pixels of the picture as it is stored.
 *
 * @param left first column
 * @param top first row
 * @param right behind the last column
 * @param bottom behind the last row
 */
public record PixelBox(double left, double top, double right, double bottom) {
    /** @throws IllegalArgumentException if it is empty, or a number is none */
    public PixelBox {
        if (!(left < right && top < bottom && Double.isFinite(right - left) && Double.isFinite(bottom - top))) {
            throw new IllegalArgumentException(
                    "a box from " + left + ", " + top + " to " + right + ", " + bottom + " holds nothing");
        }
    }

    /** What lies on a picture of this size; empty if nothing does. */
    public Optional<PixelBox> within(int width, int height) {
        double x0 = Math.max(left, 0);
        double y0 = Math.max(top, 0);
        double x1 = Math.min(right, width);
        double y1 = Math.min(bottom, height);
        return x0 < x1 && y0 < y1 ? Optional.of(new PixelBox(x0, y0, x1, y1)) : Optional.empty();
    }

    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }
}
