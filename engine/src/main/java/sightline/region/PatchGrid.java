package sightline.region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A picture's patches as a model cuts it, and which vision token stands for which. A family's processor tells it for a
 * picture's size.
 *
 * <p>Rows and columns count the patches that hold picture, padding left out. A token is not its patch: the vision tower mixes
 * all of them.
 */
public interface PatchGrid {
    /** Sums of float64 fall short of or beyond a patch's edge by less. */
    double EDGE = 1e-9;

    /** Of the picture as it is stored, pixels. */
    int width();

    /** Of the picture as it is stored, pixels. */
    int height();

    /** Rows of patches that hold picture. */
    int rows();

    /** Columns of patches that hold picture. */
    int columns();

    /** How far right a pixel's edge comes to lie, in patches from the first column's left. */
    double columnAt(double x);

    /** How far down a pixel's edge comes to lie, in patches from the first row's top. */
    double rowAt(double y);

    /** Where a column of patches begins, in the picture's pixels: what {@link #columnAt} undoes. */
    double xAt(double column);

    /** Where a row of patches begins, in the picture's pixels: what {@link #rowAt} undoes. */
    double yAt(double row);

    /** The vision token of a patch. */
    int token(int row, int column);

    /** The tokens that stand for no patch of their own but for the tiles that these patches lie in; none in some families. */
    BitSet classTokens(PatchBox patches);

    /** All patches that hold picture. */
    default PatchBox whole() {
        return new PatchBox(0, 0, rows(), columns());
    }

    /**
     * The patches that a box touches, as far as they hold picture.
     *
     * @return empty if it touches none: it lies beside the picture, or on what the processor crops off
     */
    default Optional<PatchBox> patches(PixelBox box) {
        return box.within(width(), height()).flatMap(part -> {
            int left = (int) Math.floor(columnAt(part.left()) + EDGE);
            int top = (int) Math.floor(rowAt(part.top()) + EDGE);
            int right = Math.min(columns(), Math.max(left + 1, (int) Math.ceil(columnAt(part.right()) - EDGE)));
            int bottom = Math.min(rows(), Math.max(top + 1, (int) Math.ceil(rowAt(part.bottom()) - EDGE)));
            left = Math.max(0, left);
            top = Math.max(0, top);
            return left < right && top < bottom
                    ? Optional.of(new PatchBox(top, left, bottom - top, right - left))
                    : Optional.empty();
        });
    }

    /** The vision tokens of patches. */
    default BitSet tokens(PatchBox patches) {
        BitSet tokens = new BitSet();
        for (int row = patches.row(); row < patches.row() + patches.rows(); row++) {
            for (int column = patches.column(); column < patches.column() + patches.columns(); column++) {
                tokens.set(token(row, column));
            }
        }
        return tokens;
    }

    /** Where patches lie on the picture as it is stored, clipped to it. */
    default PixelBox pixels(PatchBox patches) {
        return new PixelBox(
                Math.max(0, xAt(patches.column())),
                Math.max(0, yAt(patches.row())),
                Math.min(width(), xAt(patches.column() + patches.columns())),
                Math.min(height(), yAt(patches.row() + patches.rows())));
    }

    /**
     * The picture in square cells of patches, rows first; those at its right and bottom border may be smaller.
     *
     * @param side patches along a cell's side, at least 1
     */
    default List<PatchBox> cells(int side) {
        List<PatchBox> cells = new ArrayList<>();
        for (int row = 0; row < rows(); row += side) {
            for (int column = 0; column < columns(); column += side) {
                cells.add(new PatchBox(row, column, Math.min(side, rows() - row), Math.min(side, columns() - column)));
            }
        }
        return cells;
    }
}
