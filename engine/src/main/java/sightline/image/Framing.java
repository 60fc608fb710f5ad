package sightline.image;

/**
 * Where a picture's pixels come to lie on the one square that the model reads: put into a square of its own, or not; resized;
 * the middle cut out (METHOD-LLAVA, section 2).
 *
 * @param left columns of ground put before the picture; 0 if it is not padded
 * @param top rows of ground put above it
 * @param width with the ground, pixels
 * @param height with the ground, pixels
 * @param resizedWidth of picture and ground after resizing
 * @param resizedHeight of picture and ground after resizing
 * @param side of the square that is cut out
 */
public record Framing(int left, int top, int width, int height, long resizedWidth, long resizedHeight, int side) {
    /** The first column cut out, counted from the resized picture's left; negative if zeros come before it. */
    public long cutLeft() {
        return Math.floorDiv(resizedWidth - side, 2L);
    }

    /** The first row cut out, counted from the resized picture's top; negative if zeros come above it. */
    public long cutTop() {
        return Math.floorDiv(resizedHeight - side, 2L);
    }

    /** The columns that are both cut out and there. */
    Resizer.Side columns() {
        return both(resizedWidth, cutLeft());
    }

    /** The rows that are both cut out and there. */
    Resizer.Side rows() {
        return both(resizedHeight, cutTop());
    }

    private Resizer.Side both(long size, long cut) {
        long from = Math.max(cut, 0);
        return new Resizer.Side(size, from, (int) (Math.min(size, cut + side) - from));
    }
}
