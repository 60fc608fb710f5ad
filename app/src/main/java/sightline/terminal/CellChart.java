package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A picture as cells, each with a bar for what cutting it costs.
 *
 * @param title one line
 * @param change of the probability in percent, [row][column]
 */
@SuppressWarnings("ArrayRecordComponent") // drawn at once
public record CellChart(String title, double[][] change) {
    public CellChart {
        Objects.requireNonNull(title);
    }

    /** The title, then a line for each row of cells: two characters a cell, which are about square. */
    public List<String> lines(Look look) {
        List<String> lines = new ArrayList<>(List.of(title));
        for (double[] row : change) {
            StringBuilder line = new StringBuilder("  ");
            for (double percent : row) {
                line.append(String.valueOf(look.glyphs().bar(-percent)).repeat(2));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
