package sightline.llava;

import java.util.BitSet;
import sightline.image.Framing;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;

/**
 * A picture's patches on the one square that LLaVA-1.5 reads: what was cropped off has none, and patches that hold nothing but
 * the ground of a padded picture are left out.
 *
 * @param across the picture's columns
 * @param down the picture's rows
 * @param keepsClassToken whether the tower's class token comes before the patches'
 */
record CropPatches(Axis across, Axis down, boolean keepsClassToken) implements PatchGrid {
    /**
     * One of the picture's two directions.
     *
     * @param size of the stored picture, pixels
     * @param ground pixels put before it
     * @param framed its size with the ground around it, pixels
     * @param resized that size after resizing
     * @param cut what is cut off in front of the square then; negative if zeros come before it
     * @param patch side of a patch
     * @param perRow patches along the square's side
     */
    record Axis(int size, int ground, int framed, long resized, long cut, int patch, int perRow) {
        /** Where a pixel's edge comes to lie, in patches of the square. */
        private double onSquare(double pixel) {
            return ((pixel + ground) * resized / framed - cut) / patch;
        }

        int first() {
            return (int) Math.floor(Math.max(0, onSquare(0)) + EDGE);
        }

        int patches() {
            return (int) Math.ceil(Math.min(perRow, onSquare(size)) - EDGE) - first();
        }

        double patchAt(double pixel) {
            return onSquare(pixel) - first();
        }

        double pixelAt(double index) {
            return ((index + first()) * patch + cut) * framed / resized - ground;
        }
    }

    /** The patches of a picture of this size. */
    static CropPatches of(int width, int height, Framing framing, int patch, boolean keepsClassToken) {
        int perRow = framing.side() / patch;
        return new CropPatches(
                new Axis(
                        width,
                        framing.left(),
                        framing.width(),
                        framing.resizedWidth(),
                        framing.cutLeft(),
                        patch,
                        perRow),
                new Axis(
                        height,
                        framing.top(),
                        framing.height(),
                        framing.resizedHeight(),
                        framing.cutTop(),
                        patch,
                        perRow),
                keepsClassToken);
    }

    @Override
    public int width() {
        return across.size();
    }

    @Override
    public int height() {
        return down.size();
    }

    @Override
    public int rows() {
        return down.patches();
    }

    @Override
    public int columns() {
        return across.patches();
    }

    @Override
    public double columnAt(double x) {
        return across.patchAt(x);
    }

    @Override
    public double rowAt(double y) {
        return down.patchAt(y);
    }

    @Override
    public double xAt(double column) {
        return across.pixelAt(column);
    }

    @Override
    public double yAt(double row) {
        return down.pixelAt(row);
    }

    @Override
    public int token(int row, int column) {
        return (down.first() + row) * across.perRow() + across.first() + column + (keepsClassToken ? 1 : 0);
    }

    /** The class token, if it is kept: it stands for the whole picture. */
    @Override
    public BitSet classTokens(PatchBox patches) {
        BitSet tokens = new BitSet();
        tokens.set(0, keepsClassToken);
        return tokens;
    }
}
