package sightline.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.CurveStatistics;

/**
 * What each head takes from the answer's log-odds when it is silenced, over a group's samples. All heads of all layers are one
 * family: intervals and p hold at all of them together.
 *
 * @param layers L
 * @param heads of each layer
 * @param n samples
 * @param clusters pictures, or what else belongs together
 * @param mean loss in nats, by layer · heads + head; above 0 where the head helped
 * @param error its standard error over clusters
 * @param statistics of the same places; {@code agree} is the share of resamples in which no head takes more
 */
@SuppressWarnings("ArrayRecordComponent") // drawn and written once
public record HeadRanking(
        int layers, int heads, int n, int clusters, double[] mean, double[] error, CurveStatistics statistics) {
    /** Of a group; empty if none of its samples tells of heads. */
    static Optional<HeadRanking> of(GroupDraws draws) {
        List<TracedSample> its = draws.samples().stream()
                .filter(sample -> sample.additions().heads().length > 0)
                .toList();
        if (its.isEmpty()) {
            return Optional.empty();
        }
        int layers = its.get(0).additions().heads().length;
        int heads = its.get(0).additions().heads()[0].length;
        ClusterTable table = draws.table(its, its.stream().map(HeadRanking::row).toArray(double[][]::new));
        int[] all = IntStream.range(0, layers * heads).toArray();
        boolean[] named = new boolean[all.length];
        Arrays.fill(named, true);
        CurveStatistics statistics = draws.bootstrap(table).curve(all, named, Bounds.NONE, true);
        return Optional.of(
                new HeadRanking(layers, heads, table.n(), table.present(), table.means(), table.errors(), statistics));
    }

    private static double[] row(TracedSample sample) {
        float[][] losses = sample.additions().heads();
        double[] row = new double[losses.length * losses[0].length];
        for (int place = 0; place < row.length; place++) {
            row[place] = losses[place / losses[0].length][place % losses[0].length];
        }
        return row;
    }

    /** A head's layer. */
    public int layer(int place) {
        return place / heads;
    }

    /** A head's number within its layer. */
    public int head(int place) {
        return place % heads;
    }

    /** Places by mean loss, the largest first; among equals the lowest place. */
    public int[] order() {
        return IntStream.range(0, mean.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(place -> -mean[place])
                        .thenComparing(place -> place))
                .mapToInt(place -> place)
                .toArray();
    }
}
