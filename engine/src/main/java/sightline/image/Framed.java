package sightline.image;

/**
 * A picture in a larger one of a single colour, which is not filled in: the square around a very long picture would not fit
 * memory.
 *
 * @param picture what is in it
 * @param left columns of the ground before it
 * @param top rows of the ground above it
 * @param width of the whole, pixels
 * @param height of the whole, pixels
 * @param ground the colour around it, 0xRRGGBB
 */
record Framed(RgbImage picture, int left, int top, int width, int height, int ground) {
    /** Nothing around it. */
    static Framed bare(RgbImage picture) {
        return new Framed(picture, 0, 0, picture.width(), picture.height(), 0);
    }

    /** The same above and below, with other columns in each row, those of the ground among them. */
    Framed withColumns(RgbImage rows) {
        return new Framed(rows, 0, top, rows.width(), height, ground);
    }

    /** (pixels, 3) of the ground. */
    byte[] groundRow(int pixels) {
        byte[] row = new byte[Math.multiplyExact(3, pixels)];
        for (int i = 0; i < row.length; i += 3) {
            row[i] = (byte) (ground >> 16);
            row[i + 1] = (byte) (ground >> 8);
            row[i + 2] = (byte) ground;
        }
        return row;
    }
}
