package sightline.image;

/** Turning and mirroring as a TIFF file's orientation tag asks for; the reference obeys it there, and only there. */
final class Orientation {
    private Orientation() {}

    /**
     * @param orientation 1 to 8 as TIFF 6.0 defines them: where the first row and column belong; others change nothing
     */
    static RgbImage apply(RgbImage stored, long orientation) {
        if (orientation < 2 || orientation > 8) {
            return stored;
        }
        boolean swapped = orientation >= 5;
        boolean mirroredX = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        boolean mirroredY = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        int width = swapped ? stored.height() : stored.width();
        int height = swapped ? stored.width() : stored.height();
        byte[] rgb = new byte[stored.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = mirroredX ? width - 1 - x : x;
                int fromY = mirroredY ? height - 1 - y : y;
                int from = swapped ? fromX * stored.width() + fromY : fromY * stored.width() + fromX;
                System.arraycopy(stored.rgb(), 3 * from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }
}
