package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Probabilities below each other, each with what it says.
 *
 * @param heading over the labels
 * @param remarks over the remarks, what they are in
 * @param rows at least one
 */
public record NumberRows(String heading, String remarks, List<Row> rows) {
    private static final String GAP = "  ";
    private static final String COLUMN = "p";

    /**
     * A row.
     *
     * @param label what was done
     * @param probability of the whole answer then
     * @param remark a word for {@code number}; empty if there is none
     * @param number infinite or no number where it cannot be told
     */
    public record Row(String label, double probability, String remark, double number) {
        public Row {
            Objects.requireNonNull(label);
            Objects.requireNonNull(remark);
        }

        /** A row without a remark. */
        public Row(String label, double probability) {
            this(label, probability, "", 0);
        }
    }

    public NumberRows {
        Objects.requireNonNull(heading);
        Objects.requireNonNull(remarks);
        rows = List.copyOf(rows);
    }

    /** The lines: heading, then rows. */
    public List<String> lines(Look look) {
        int labels = TextWidth.width(heading);
        int numbers = COLUMN.length();
        for (Row row : rows) {
            labels = Math.max(labels, TextWidth.width(GAP + row.label()));
            numbers = Math.max(numbers, NumberText.inTable(row.probability()).length());
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(heading, labels, COLUMN, numbers, remarks));
        for (Row row : rows) {
            String remark =
                    row.remark().isEmpty() ? "" : row.remark() + " " + NumberText.signed(row.number(), look.glyphs());
            lines.add(line(GAP + row.label(), labels, NumberText.inTable(row.probability()), numbers, remark));
        }
        return lines;
    }

    private static String line(String label, int labels, String number, int numbers, String remark) {
        return (TextWidth.left(label, labels) + GAP + TextWidth.right(number, numbers) + GAP + remark).stripTrailing();
    }
}
