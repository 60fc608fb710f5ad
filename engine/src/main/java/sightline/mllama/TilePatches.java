package sightline.mllama;

import java.util.BitSet;
import sightline.image.Canvas;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;

/**
 * A picture's patches on Mllama's canvas of tiles. A tile's tokens are its class token, then its patches in rows.
 *
 * @param width of the stored picture, pixels
 * @param height of the stored picture, pixels
 * @param canvas the tiles that it is fitted into, at their top left
 * @param fitted its size there
 * @param patch side of a patch; divides a tile's
 */
record TilePatches(int width, int height, Canvas canvas, Canvas.Size fitted, int patch) implements PatchGrid {
    /** The patches of a picture of this size. */
    static TilePatches of(int width, int height, VisionConfig vision) {
        Canvas canvas = Canvas.choose(width, height, vision.imageSize(), vision.maxTiles());
        return new TilePatches(width, height, canvas, canvas.fit(width, height), vision.patchSize());
    }

    @Override
    public int rows() {
        return (fitted.height() + patch - 1) / patch;
    }

    @Override
    public int columns() {
        return (fitted.width() + patch - 1) / patch;
    }

    @Override
    public double columnAt(double x) {
        return x * fitted.width() / ((double) width * patch);
    }

    @Override
    public double rowAt(double y) {
        return y * fitted.height() / ((double) height * patch);
    }

    @Override
    public double xAt(double column) {
        return column * width * patch / fitted.width();
    }

    @Override
    public double yAt(double row) {
        return row * height * patch / fitted.height();
    }

    @Override
    public int token(int row, int column) {
        int across = canvas.tile() / patch;
        return classToken(row, column) + 1 + row % across * across + column % across;
    }

    private int classToken(int row, int column) {
        int across = canvas.tile() / patch;
        return (row / across * canvas.columns() + column / across) * (across * across + 1);
    }

    @Override
    public BitSet classTokens(PatchBox patches) {
        BitSet tokens = new BitSet();
        for (int row = patches.row(); row < patches.row() + patches.rows(); row++) {
            for (int column = patches.column(); column < patches.column() + patches.columns(); column++) {
                tokens.set(classToken(row, column));
            }
        }
        return tokens;
    }
}
