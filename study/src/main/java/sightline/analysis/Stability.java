package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import sightline.statistics.KendallTau;

/**
 * Whether what a dataset's curves say holds under other settings: every measure, threshold (0, 0.5, 0.9 and the report's own),
 * clipping, window size and masking, of all samples. What needs a run of its own, such as another reading of rows or another
 * wording of the questions, is not among them.
 *
 * @param usual the setting that the others are compared with
 * @param pathways those that have enough settings, in the order of reading; at least one
 * @param order Kendall's τ_b between the pathways' order, by harm, and that under the usual setting: the mean over the other
 *     settings; NaN if fewer than two pathways can be ordered
 */
public record Stability(GridSetting usual, List<PathwayStability> pathways, double order) {
    public Stability {
        Objects.requireNonNull(usual);
        pathways = List.copyOf(pathways);
    }

    /**
     * A dataset's; empty if there are too few settings. Computes the curves that the summary lacks.
     *
     * @param asked the settings of figures and tables
     */
    static Optional<Stability> of(DatasetSummary summary, SummarySettings asked) {
        return StabilityGrid.of(summary, asked)
                .map(grid -> of(grid, summary))
                .filter(stability -> !stability.pathways().isEmpty());
    }

    private static Stability of(StabilityGrid grid, DatasetSummary summary) {
        List<PathwayStability> pathways = summary.keys().stream()
                .map(CurveKey::pathway)
                .distinct()
                .sorted(CurveKey.pathwayOrder())
                .flatMap(pathway -> PathwayStability.of(grid, summary.data(), pathway).stream())
                .toList();
        return new Stability(
                grid.usual(),
                pathways,
                order(grid, pathways.stream().map(PathwayStability::pathway).toList()));
    }

    private static double order(StabilityGrid grid, List<String> pathways) {
        return grid.settings().stream()
                .filter(setting -> !setting.equals(grid.usual()))
                .mapToDouble(setting -> order(grid, pathways, setting))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static double order(StabilityGrid grid, List<String> pathways, GridSetting setting) {
        List<Double> usual = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        for (String pathway : pathways) {
            OptionalDouble there = PathwayStability.harm(grid, setting, pathway);
            if (there.isPresent()) {
                usual.add(PathwayStability.harm(grid, grid.usual(), pathway).orElseThrow());
                other.add(there.orElseThrow());
            }
        }
        return KendallTau.b(doubles(usual), doubles(other));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
