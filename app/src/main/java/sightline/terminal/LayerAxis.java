package sightline.terminal;

import java.util.List;

/**
 * Which cells a layer has in a chart, and the line of numbers below.
 *
 * <p>Up to 20 layers take two cells each, up to 40 one; above that a cell stands for ⌈L/40⌉ layers.
 *
 * @param layers L, the number of decoder layers
 * @param marks the cross-attention layers, in order: the axis is numbered by them
 */
public record LayerAxis(int layers, List<Integer> marks) {
    /** Where the first cell is, in columns. */
    static final int START = 20;

    private static final int CELLS = 40;

    public LayerAxis {
        marks = List.copyOf(marks);
    }

    int layersPerCell() {
        return (layers + CELLS - 1) / CELLS;
    }

    int cellsPerLayer() {
        return layers <= CELLS / 2 ? 2 : 1;
    }

    /** Where a layer's bar starts, in cells. */
    int cell(int layer) {
        return layer / layersPerCell() * cellsPerLayer();
    }

    /** Layer 0 and the cross-attention layers; of those only every second, third, … if there is no room for all. */
    String line() {
        int step = 1;
        while (step < marks.size() && collides(step)) {
            step++;
        }
        StringBuilder axis = new StringBuilder(" ".repeat(START)).append('0');
        for (int i = 0; i < marks.size(); i += step) {
            int at = START + cell(marks.get(i));
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
