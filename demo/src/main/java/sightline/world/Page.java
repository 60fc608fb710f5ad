package sightline.world;

import java.util.List;
import java.util.Optional;

/**
 * A document before it is painted: one glyph per patch, so rows and columns count patches.
 *
 * @param tileRows rows of tiles
 * @param tileColumns columns of tiles
 * @param title in row 0
 * @param titleColumn where it begins
 * @param lines from top to bottom
 */
record Page(int tileRows, int tileColumns, Paper paper, String title, int titleColumn, List<Line> lines) {
    /**
     * A key with its value.
     *
     * @param row of patches
     * @param quantity a digit between an item and its price; empty elsewhere
     * @param quantityColumn where it stands
     * @param value as printed
     * @param valueColumn where it begins
     * @param byHand whether the value is written by hand
     */
    record Line(
            Field field, int row, String quantity, int quantityColumn, String value, int valueColumn, boolean byHand) {}

    Page {
        lines = List.copyOf(lines);
    }

    Optional<Line> line(Field field) {
        return lines.stream().filter(line -> line.field() == field).findFirst();
    }

    /** The lines with something to buy. */
    List<Line> goods() {
        return lines.stream()
                .filter(line -> line.field().paper() == Paper.RECEIPT && line.field() != Field.TOTAL)
                .toList();
    }
}
