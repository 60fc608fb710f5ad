package sightline.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The area that a picture is fitted into: {@code rows * columns} square tiles. (METHOD, section 2.)
 *
 * @param rows tiles from top to bottom, at least 1
 * @param columns tiles from left to right, at least 1
 * @param tile the side of one tile in pixels, at least 1
 */
public record Canvas(int rows, int columns, int tile) {
    /** Checks that all three are positive. */
    public Canvas {
        if (rows < 1 || columns < 1 || tile < 1) {
            throw new IllegalArgumentException(
                    "a canvas of " + rows + " x " + columns + " tiles of " + tile + " pixels");
        }
    }

    /**
     * All arrangements of at most {@code maxTiles} tiles, fewest rows first, then fewest columns. The aspect-ratio id
     * of an arrangement is one more than its index here; 0 means "no picture".
     *
     * @param tile the side of one tile in pixels
     * @param maxTiles at least 1
     */
    public static List<Canvas> arrangements(int tile, int maxTiles) {
        if (maxTiles < 1) {
            throw new IllegalArgumentException("at most " + maxTiles + " tiles");
        }
        List<Canvas> all = new ArrayList<>();
        for (int rows = 1; rows <= maxTiles; rows++) {
            for (int columns = 1; rows * columns <= maxTiles; columns++) {
                all.add(new Canvas(rows, columns, tile));
            }
        }
        return List.copyOf(all);
    }

    /**
     * The canvas for a picture: the one that needs the least enlarging to be filled in one direction; if all are too
     * small, the one that needs the least shrinking; among equals the smallest, and the first of those.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    public static Canvas choose(int width, int height, int tile, int maxTiles) {
        List<Canvas> all = arrangements(tile, maxTiles);
        double best = all.stream()
                .mapToDouble(canvas -> canvas.scale(width, height))
                .filter(scale -> scale >= 1)
                .min()
                .orElseGet(() -> all.stream()
                        .mapToDouble(canvas -> canvas.scale(width, height))
                        .max()
                        .orElseThrow());
        return all.stream()
                .filter(canvas -> canvas.scale(width, height) == best)
                .min(Comparator.comparingInt(Canvas::count)) // the first of several: min keeps the earlier one
                .orElseThrow();
    }

    /** How many times a picture can be enlarged and still fit; below 1 it must shrink. */
    private double scale(int pictureWidth, int pictureHeight) {
        return Math.min((double) height() / pictureHeight, (double) width() / pictureWidth);
    }

    /** Size of the picture once fitted into this canvas; see {@link #fit}. */
    public record Size(int width, int height) {}

    /**
     * The size to resize a picture to: its shape kept, no side larger than the canvas, and not enlarged beyond one tile
     * if it is smaller than that.
     */
    public Size fit(int pictureWidth, int pictureHeight) {
        int targetWidth = Math.min(Math.max(pictureWidth, tile), width());
        int targetHeight = Math.min(Math.max(pictureHeight, tile), height());
        double scaleWidth = (double) targetWidth / pictureWidth;
        double scaleHeight = (double) targetHeight / pictureHeight;
        if (scaleWidth < scaleHeight) {
            return new Size(targetWidth, follow(pictureHeight, scaleWidth, targetHeight));
        }
        return new Size(follow(pictureWidth, scaleHeight, targetWidth), targetHeight);
    }

    private static int follow(int side, double scale, int target) {
        return Math.min(Math.max((int) Math.floor(side * scale), 1), target);
    }

    /** Number of tiles. */
    public int count() {
        return rows * columns;
    }

    /** In pixels. */
    public int width() {
        return columns * tile;
    }

    /** In pixels. */
    public int height() {
        return rows * tile;
    }

    /**
     * 1 + the index among {@link #arrangements}.
     *
     * @throws IllegalArgumentException if the canvas has more than {@code maxTiles} tiles
     */
    public int aspectRatioId(int maxTiles) {
        int index = arrangements(tile, maxTiles).indexOf(this);
        if (index < 0) {
            throw new IllegalArgumentException(this + " has more than " + maxTiles + " tiles");
        }
        return index + 1;
    }
}
