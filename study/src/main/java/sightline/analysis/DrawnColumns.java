package sightline.analysis;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sightline.statistics.Bootstrap;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.Estimate;

/**
 * Columns of numbers of samples, and what a group's resamples say of them.
 *
 * @param n samples
 * @param clusters that these are of
 */
record DrawnColumns(int n, int clusters, Bootstrap bootstrap) {
    /** @param row a sample's numbers, one for each column */
    static DrawnColumns of(GroupDraws draws, List<TracedSample> its, Function<TracedSample, double[]> row) {
        ClusterTable table = draws.table(its, its.stream().map(row).toArray(double[][]::new));
        return new DrawnColumns(table.n(), table.present(), draws.bootstrap(table));
    }

    /** Of what has no bounds, such as nats. */
    Estimate estimate(int column) {
        return bootstrap.estimate(column, Bounds.NONE);
    }

    List<Estimate> estimates(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::estimate).toList();
    }
}
