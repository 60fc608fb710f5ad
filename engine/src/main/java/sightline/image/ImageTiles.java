package sightline.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * A picture as the vision tower reads it. The array is not copied; do not write to it.
 *
 * @param tile the side of one tile in pixels
 * @param rows of tiles in the canvas
 * @param columns of tiles in the canvas
 * @param aspectRatioId 1 + the index of (rows, columns) among {@link Canvas#arrangements}
 * @param maxTiles tiles in {@code pixels}, padding tiles included
 * @param pixels (maxTiles, 3, tile, tile), normalised; tile {@code r * columns + c} first, then padding tiles of zeros
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, see below
public record ImageTiles(int tile, int rows, int columns, int aspectRatioId, int maxTiles, float[] pixels) {
    /** Checks the sizes against each other. */
    public ImageTiles {
        Objects.requireNonNull(pixels, "pixels");
        int expectedId = new Canvas(rows, columns, tile).aspectRatioId(maxTiles);
        if (aspectRatioId != expectedId) {
            throw new IllegalArgumentException(
                    "aspect-ratio id " + aspectRatioId + " for " + rows + " x " + columns + " tiles");
        }
        if (pixels.length != 3L * maxTiles * tile * tile) {
            throw new IllegalArgumentException(
                    pixels.length + " values for " + maxTiles + " tiles of 3 x " + tile + " x " + tile);
        }
    }

    /** Number of tiles that hold picture; the others are padding. */
    public int count() {
        return rows * columns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageTiles that
                && tile == that.tile
                && rows == that.rows
                && columns == that.columns
                && aspectRatioId == that.aspectRatioId
                && maxTiles == that.maxTiles
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tile, rows, columns, aspectRatioId, maxTiles, Arrays.hashCode(pixels));
    }

    @Override
    public String toString() {
        return "ImageTiles[" + rows + " x " + columns + " of " + maxTiles + " tiles of " + tile + " pixels]";
    }
}
