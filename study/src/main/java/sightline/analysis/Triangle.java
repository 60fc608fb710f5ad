package sightline.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sightline.knockout.Window;
import sightline.knockout.Windows;
import sightline.statistics.ClusterTable;
import sightline.statistics.CurveStatistics;

/**
 * What cutting a pathway in every range of layers takes: mean centred change, percent. All ranges are one family: intervals and p
 * hold at all of them together.
 *
 * @param windows the ranges, in the order of the numbers
 * @param n samples
 * @param clusters that these are of
 * @param mean by range
 * @param error its standard error over clusters
 * @param statistics of the same ranges
 */
@SuppressWarnings("ArrayRecordComponent") // drawn and written once
public record Triangle(
        WholeDepth cut,
        List<Window> windows,
        int n,
        int clusters,
        double[] mean,
        double[] error,
        CurveStatistics statistics) {
    public Triangle {
        windows = List.copyOf(windows);
    }

    /**
     * Of a group, by pathway, then masking.
     *
     * @param threshold that its samples reach
     */
    static List<Triangle> of(GroupDraws draws, int layers, double threshold) {
        return draws.samples().stream()
                .flatMap(sample -> sample.additions().windows().triangles().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(WholeDepth::intervention, CurveKey.pathwayOrder())
                        .thenComparing(WholeDepth::masking))
                .map(cut -> of(draws, cut, layers, threshold))
                .toList();
    }

    private static Triangle of(GroupDraws draws, WholeDepth cut, int layers, double threshold) {
        List<TracedSample> its = draws.samples().stream()
                .filter(sample -> sample.additions().windows().triangles().containsKey(cut))
                .toList();
        List<Window> windows = new Windows.StartByEnd().of(layers);
        ClusterTable table =
                draws.table(its, its.stream().map(sample -> row(sample, cut)).toArray(double[][]::new));
        boolean[] named = new boolean[windows.size()];
        Arrays.fill(named, true);
        CurveStatistics statistics = draws.bootstrap(table)
                .curve(
                        IntStream.range(0, named.length).toArray(),
                        named,
                        Measure.CHANGE.bounds(threshold, false),
                        false);
        return new Triangle(cut, windows, table.n(), table.present(), table.means(), table.errors(), statistics);
    }

    private static double[] row(TracedSample sample, WholeDepth cut) {
        return Arrays.stream(sample.additions().windows().triangles().get(cut))
                .map(probability -> Change.centred(probability, sample.probability()))
                .toArray();
    }
}
