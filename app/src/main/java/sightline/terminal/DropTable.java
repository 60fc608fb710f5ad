package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The largest drop of each pathway by category, and the layers that were cut for it: a row per category.
 *
 * @param pathways as the command line has them
 * @param rows one per category
 */
public record DropTable(List<String> pathways, List<Row> rows) {
    private static final int AT_ONCE = 4;
    private static final int NAME = 13;
    private static final int COUNT = 7;
    private static final int CELL = 15;

    public DropTable {
        pathways = List.copyOf(pathways);
        rows = List.copyOf(rows);
    }

    /**
     * A category.
     *
     * @param name as it is read
     * @param count samples
     * @param drops per pathway
     */
    public record Row(String name, long count, List<Drop> drops) {
        public Row {
            Objects.requireNonNull(name);
            drops = List.copyOf(drops);
        }
    }

    /**
     * A pathway's largest drop.
     *
     * @param change in percent; not a number where the pathway acts nowhere or the category has no sample
     * @param first of the layers that were cut
     * @param last of them
     */
    public record Drop(double change, int first, int last) {
        /** What is not there. */
        public static final Drop NONE = new Drop(Double.NaN, 0, 0);
    }

    /** The table's lines, none wider than {@link Look#WIDTH}; four pathways side by side. */
    public List<String> lines(Look look) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < pathways.size(); from += AT_ONCE) {
            int to = Math.min(pathways.size(), from + AT_ONCE);
            StringBuilder head =
                    new StringBuilder(TextWidth.left("  category", NAME)).append(TextWidth.right("n", COUNT));
            for (String pathway : pathways.subList(from, to)) {
                String name = TextWidth.fit(look.glyphs().pathway(pathway), CELL - 1, look.glyphs());
                String gap = " ".repeat(CELL - TextWidth.width(name));
                head.append(gap).append(look.paint(Hue.ofPathway(pathway), name));
            }
            lines.add(head.toString());
            for (Row row : rows) {
                lines.add(line(row, from, to, look));
            }
        }
        return lines;
    }

    private static String line(Row row, int from, int to, Look look) {
        String name = "  " + TextWidth.fit(Visible.line(row.name(), look.glyphs()), NAME - 2, look.glyphs());
        StringBuilder line = new StringBuilder(TextWidth.left(name, NAME));
        line.append(TextWidth.right(Counts.of(row.count()), COUNT));
        for (Drop drop : row.drops().subList(from, to)) {
            line.append(TextWidth.right(cell(drop, look), CELL));
        }
        return line.toString().stripTrailing();
    }

    private static String cell(Drop drop, Look look) {
        if (Double.isNaN(drop.change())) {
            return "";
        }
        double change = Math.min(0, drop.change());
        String percent = NumberText.percent(change, look.glyphs());
        if (!NumberText.namesLayers(change)) {
            return percent;
        }
        String end = drop.last() > drop.first() ? look.glyphs().dash() + drop.last() : "";
        return percent + " " + drop.first() + end;
    }
}
