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
            if (TextWidth.width(name) > LayerAxis.START - 3) {
                lines.add(painted);
                lines.add(" ".repeat(LayerAxis.START) + bars(row, look) + largest(row, look.glyphs()));
            } else {
                int gap = LayerAxis.START - 2 - TextWidth.width(name);
                lines.add(painted + " ".repeat(gap) + bars(row, look) + largest(row, look.glyphs()));
            }
        }
        lines.add(axis().line());
        return lines;
    }

    private String bars(BarRow row, Look look) {
        StringBuilder bars = new StringBuilder();
        for (int first = 0; first < layers; first += axis().layersPerCell()) {
            double drop = Double.NEGATIVE_INFINITY;
            for (int layer = first; layer < Math.min(layers, first + axis().layersPerCell()); layer++) {
                drop = row.acts(layer) ? Math.max(drop, -row.change(layer)) : drop;
            }
            char cell = drop == Double.NEGATIVE_INFINITY ? ' ' : look.glyphs().bar(drop);
            bars.append(String.valueOf(cell).repeat(axis().cellsPerLayer()));
        }
        return look.paint(row.hue(), bars.toString());
    }

    /** The largest drop and the layers that were cut for it; only the number if it is too small for them. */
    private String largest(BarRow row, Glyphs glyphs) {
        int barsEnd = LayerAxis.START + axis().cell(layers - 1) + axis().cellsPerLayer();
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

    private LayerAxis axis() {
        return new LayerAxis(layers, marks);
    }
}
