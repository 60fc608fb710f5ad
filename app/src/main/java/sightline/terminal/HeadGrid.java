package sightline.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What each attention head takes from an answer's log-odds when it is silenced: a row of bars per head over an axis of layers,
 * then the heads that take most.
 *
 * <p>Where layers share a cell it shows the largest. A full bar is the largest loss of all.
 *
 * @param losses nats, [layer][head]; above 0 where the head helped
 * @param axis of the layers
 */
public record HeadGrid(double[][] losses, LayerAxis axis) {
    private static final int TOLD = 10;
    private static final double FULL = 100;

    public HeadGrid {
        Objects.requireNonNull(axis);
    }

    private record Head(int layer, int head, double loss) {}

    /** The lines, none wider than {@link Look#WIDTH}. */
    public List<String> lines(Look look) {
        List<Head> order = IntStream.range(0, losses.length)
                .boxed()
                .flatMap(layer -> IntStream.range(0, losses[layer].length)
                        .mapToObj(head -> new Head(layer, head, losses[layer][head])))
                .sorted(Comparator.comparingDouble(Head::loss).reversed())
                .toList();
        double largest = order.get(0).loss();
        List<String> lines = new ArrayList<>();
        lines.add("Loss of log-odds, in nats, when a head's reading counts as 0 at the read-out row");
        for (int head = 0; head < losses[0].length; head++) {
            lines.add(bars(head, largest, look).stripTrailing());
        }
        lines.add(axis.line());
        Table best = new Table("  largest", "head", "loss");
        for (Head one : order.subList(0, Math.min(TOLD, order.size()))) {
            String sign = one.loss() < 0 ? look.glyphs().minus() : "";
            best.row("  layer " + one.layer(), "" + one.head(), sign + size(one.loss()));
        }
        lines.addAll(best.lines());
        return lines;
    }

    private String bars(int head, double largest, Look look) {
        StringBuilder bars = new StringBuilder(TextWidth.left("  head " + head, LayerAxis.START));
        for (int first = 0; first < losses.length; first += axis.layersPerCell()) {
            double most = Double.NEGATIVE_INFINITY;
            for (int layer = first; layer < Math.min(losses.length, first + axis.layersPerCell()); layer++) {
                most = Math.max(most, losses[layer][head]);
            }
            double share = largest > 0 ? Math.max(0, most / largest * FULL) : 0;
            bars.append(String.valueOf(look.glyphs().bar(share)).repeat(axis.cellsPerLayer()));
        }
        return bars.toString();
    }

    private static String size(double loss) {
        return String.format(Locale.ROOT, "%.2f", Math.abs(loss));
    }
}
