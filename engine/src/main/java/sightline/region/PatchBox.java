package sightline.region;

/**
 * A rectangle of patches.
 *
 * @param row the first from the top
 * @param column the first from the left
 * @param rows how many rows, at least 1
 * @param columns how many columns, at least 1
 */
public record PatchBox(int row, int column, int rows, int columns) {
    /** @throws IllegalArgumentException if it is empty or begins before the first patch */
    public PatchBox {
        if (row < 0 || column < 0 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    rows + " x " + columns + " patches from row " + row + ", column " + column);
        }
    }

    /** Whether the two share a patch. */
    public boolean overlaps(PatchBox other) {
        return row < other.row + other.rows
                && other.row < row + rows
                && column < other.column + other.columns
                && other.column < column + columns;
    }

    /** How many patches it holds. */
    public int patches() {
        return rows * columns;
    }
}
