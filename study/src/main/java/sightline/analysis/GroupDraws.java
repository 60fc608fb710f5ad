package sightline.analysis;

import java.util.List;
import java.util.function.Predicate;
import sightline.draw.SeededDraws;
import sightline.statistics.Bootstrap;
import sightline.statistics.BootstrapRules;
import sightline.statistics.ClusterTable;
import sightline.statistics.Clusters;
import sightline.statistics.Resamples;

/**
 * A group's samples and the one set of draws that all its statistics share.
 *
 * @param dataset its name, for the seed of flips
 * @param group whose samples these are
 */
record GroupDraws(
        String dataset,
        Group group,
        List<TracedSample> samples,
        Clustering clustering,
        Clusters clusters,
        Resamples resamples,
        BootstrapRules rules) {
    /** Columns of some of the samples. */
    ClusterTable table(List<TracedSample> its, double[][] rows) {
        return ClusterTable.of(numbers(its), clusters.count(), rows);
    }

    /** Samples that tell measures, and something else. */
    List<TracedSample> measured(Predicate<TracedSample> has) {
        return samples.stream()
                .filter(sample -> sample.measures().isPresent())
                .filter(has)
                .toList();
    }

    /** Sums [cluster][column] of rows of some of the samples. */
    double[][] sums(List<TracedSample> its, double[]... rows) {
        int[] numbers = numbers(its);
        double[][] sums = new double[clusters.count()][rows[0].length];
        for (int i = 0; i < numbers.length; i++) {
            for (int column = 0; column < rows[i].length; column++) {
                sums[numbers[i]][column] += rows[i][column];
            }
        }
        return sums;
    }

    /** The clusters of some of the samples. */
    int[] numbers(List<TracedSample> its) {
        return clusters.numbers(its.stream().map(clustering::cluster).toList());
    }

    /** What resamples say of a table. */
    Bootstrap bootstrap(ClusterTable table) {
        return Bootstrap.of(table, resamples, rules);
    }

    /** Draws of signs, the same at each call. */
    SeededDraws flips() {
        return SeededDraws.of("flip", dataset, group.category().orElse(""));
    }
}
