package sightline.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns: the first to the left, cut where it is too long for a line; the others, which are numbers, to the right.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final int NAME = 32;

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with the names of its columns. */
    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row with as many cells as the header has. */
    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells, not " + rows.get(0).size());
        }
        List<String> row = new ArrayList<>(List.of(cells));
        row.replaceAll(cell -> Visible.line(cell, Glyphs.UNICODE));
        row.set(0, TextWidth.fit(row.get(0), NAME, Glyphs.ASCII));
        rows.add(row);
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TextWidth.width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(TextWidth.left(row.get(0), widths[0]));
        for (int i = 1; i < widths.length; i++) {
            line.append(GAP).append(TextWidth.right(row.get(i), widths[i]));
        }
        return line.toString().stripTrailing();
    }
}
