package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sightline.knockout.Window;

/**
 * How far the probability drops when each pathway is cut around each layer: one row of bars per pathway, over one axis of
 * layers.
 *
 * <p>A cell is blank where the window cannot act. Up to 20 layers take two cells each, up to 40 one; above that a cell
 * stands for ⌈L/40⌉ layers and shows the largest drop among them.
 *
 * @param k window size
 * @param masking its name, for the title
 * @param layers L, the number of decoder layers
 * @param marks the cross-attention layers, in order: the axis is numbered by them
 * @param rows one per pathway, L values each
 */
public record DropChart(int k, String masking, int layers, List<Integer> marks, List<BarRow> rows) {
    private static final int CELLS = 40;
    private static final int CELLS_AT = 20;
    private static final int NUMBER_END = 67;

    public DropChart {
        Objects.requireNonNull(masking);
        marks = List.copyOf(marks);
        rows = List.copyOf(rows);
        for (BarRow row : rows) {
            if (row.layers() != layers) {
                throw new IllegalArgumentException(row.name() + " has " + row.layers() + " values for " + layers);
            }
        }
    }

    /** The chart's lines, none wider than {@link Look#WIDTH}. */
    public List<String> lines(Look look) {
        List<String> lines = new ArrayList<>();
        String title = "Drop of p when a pathway is cut; k = " + k + ", masking " + masking + " ";
        lines.add(TextWidth.left(title, NUMBER_END - 5) + "largest");
        for (BarRow row : rows) {
            String name = look.glyphs().pathway(row.name());
            String painted = "  " + look.paint(row.hue(), name);
            if (TextWidth.width(name) > CELLS_AT - 3) {
                lines.add(painted);
                lines.add(" ".repeat(CELLS_AT) + bars(row, look) + largest(row, look.glyphs()));
            } else {
                int gap = CELLS_AT - 2 - TextWidth.width(name);
                lines.add(painted + " ".repeat(gap) + bars(row, look) + largest(row, look.glyphs()));
            }
        }
        lines.add(axis());
        return lines;
    }

    private int layersPerCell() {
        return (layers + CELLS - 1) / CELLS;
    }

    private int cellsPerLayer() {
        return layers <= CELLS / 2 ? 2 : 1;
    }

    /** Where a layer's bar starts, in cells. */
    private int cell(int layer) {
        return layer / layersPerCell() * cellsPerLayer();
    }

    private String bars(BarRow row, Look look) {
        StringBuilder bars = new StringBuilder();
        for (int first = 0; first < layers; first += layersPerCell()) {
            double drop = Double.NEGATIVE_INFINITY;
            for (int layer = first; layer < Math.min(layers, first + layersPerCell()); layer++) {
                drop = row.acts(layer) ? Math.max(drop, -row.change(layer)) : drop;
            }
            char cell = drop == Double.NEGATIVE_INFINITY ? ' ' : look.glyphs().bar(drop);
            bars.append(String.valueOf(cell).repeat(cellsPerLayer()));
        }
        return look.paint(row.hue(), bars.toString());
    }

    /** The largest drop and the layers that were cut for it; only the number if it is too small for them. */
    private String largest(BarRow row, Glyphs glyphs) {
        int barsEnd = CELLS_AT + cell(layers - 1) + cellsPerLayer();
        int layer = row.lowest();
        if (layer < 0) {
            return " ".repeat(NUMBER_END - 5 - barsEnd) + "cannot act";
        }
        double change = Math.min(0, row.change(layer));
        String percent = NumberText.percent(change, glyphs);
        String number = " ".repeat(NUMBER_END + 2 - barsEnd - percent.length()) + percent;
        if (!NumberText.namesLayers(change)) {
            return number;
        }
        Window window = Window.around(layer, k, layers);
        String end = window.first() == window.last() ? "" : glyphs.dash() + window.last();
        return number + "  " + window.first() + end;
    }

    /** Layer 0 and the cross-attention layers; of those only every second, third, … if there is no room for all. */
    private String axis() {
        int step = 1;
        while (step < marks.size() && collides(step)) {
            step++;
        }
        StringBuilder axis = new StringBuilder(" ".repeat(CELLS_AT)).append('0');
        for (int i = 0; i < marks.size(); i += step) {
            int at = CELLS_AT + cell(marks.get(i));
            if (at > axis.length()) {
                axis.append(" ".repeat(at - axis.length())).append(marks.get(i));
            }
        }
        return axis.append("   layer").toString();
    }

    private boolean collides(int step) {
        for (int i = step; i < marks.size(); i += step) {
            int end = cell(marks.get(i - step))
                    + String.valueOf(marks.get(i - step)).length();
            if (cell(marks.get(i)) <= end) {
                return true;
            }
        }
        return false;
    }
}
