package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.knockout.Masking;
import sightline.run.HeadShares;
import sightline.statistics.Estimate;

/**
 * How much of the answer shares of the heads carry together, over samples of the half of the pictures by which they were not
 * ranked. Faithfulness f = (ȳ − ȳ(none)) / (ȳ(uncut) − ȳ(none)), y the answer's log-odds, none: every head silenced. Intervals of
 * ratios are the middle 95 % of resamples.
 *
 * @param heads all heads of the model
 * @param n samples
 * @param clusters that these are of
 * @param curves ranked and in random order, kept and cut
 * @param keptBetter by how much more area is under the ranking kept than under the random order
 * @param cutBetter by how much less area is under the ranking cut than under the random order
 */
public record HeadCurves(int heads, int n, int clusters, List<Curve> curves, Estimate keptBetter, Estimate cutBetter) {
    private static final List<Double> SHARES = HeadShares.SHARES;

    /**
     * A curve.
     *
     * @param keep whether the heads are kept, all others silenced; else they are silenced
     * @param random whether they are in random order within their layers
     * @param faithfulness for each of {@link HeadShares#SHARES}
     * @param area under it; of kept heads CPR. 1 if the first share has all there is (cut: takes nothing)
     * @param distance the area between it and 1; of kept heads CMD, else NaN
     */
    public record Curve(boolean keep, boolean random, List<Estimate> faithfulness, Estimate area, double distance) {}

    public HeadCurves {
        curves = List.copyOf(curves);
    }

    /** Of a group; empty if no second round is told of any of its samples. */
    static Optional<HeadCurves> of(GroupDraws draws) {
        List<TracedSample> its =
                draws.measured(sample -> whole(sample, HeadShares.NOTHING).isPresent()
                        && sample.additions().heads().length > 0);
        if (its.isEmpty()) {
            return Optional.empty();
        }
        DrawnColumns columns = DrawnColumns.of(draws, its, HeadCurves::row);
        int each = SHARES.size() + 1;
        List<Curve> curves = IntStream.range(0, 4)
                .mapToObj(curve -> curve(columns, curve, 1 + curve * each))
                .toList();
        float[][] losses = its.get(0).additions().heads();
        int better = 1 + 4 * each;
        return Optional.of(new HeadCurves(
                losses.length * losses[0].length,
                columns.n(),
                columns.clusters(),
                curves,
                ratio(columns, better),
                ratio(columns, better + 1)));
    }

    private static Optional<AnswerNumbers> whole(TracedSample sample, String name) {
        return Optional.ofNullable(sample.additions().wholeDepth().get(new WholeDepth(name, Masking.ZERO.toString())));
    }

    private static Estimate ratio(DrawnColumns columns, int column) {
        return columns.bootstrap().ratio(column, 0, JointEffects.LEAST_RANGE);
    }

    /** Whether the curves' heads are kept, and drawn, by number. */
    private static boolean keeps(int curve) {
        return curve < 2;
    }

    private static boolean isRandom(int curve) {
        return curve % 2 == 1;
    }

    private static Curve curve(DrawnColumns columns, int curve, int first) {
        List<Estimate> f = IntStream.range(first, first + SHARES.size())
                .mapToObj(column -> ratio(columns, column))
                .toList();
        double[] values = f.stream().mapToDouble(Estimate::value).toArray();
        return new Curve(
                keeps(curve),
                isRandom(curve),
                f,
                ratio(columns, first + SHARES.size()),
                keeps(curve) ? Faithfulness.distance(SHARES, values) : Double.NaN);
    }

    /** Less y with every head silenced: y uncut; then y at every share, and the area under it, of each curve; then the differences. */
    private static double[] row(TracedSample sample) {
        double none = whole(sample, HeadShares.NOTHING).orElseThrow().logOdds();
        double uncut = sample.measures().orElseThrow().uncut().logOdds() - none;
        List<Double> row = new ArrayList<>(List.of(uncut));
        double[] areas = new double[4];
        for (int curve = 0; curve < 4; curve++) {
            double[] y = new double[SHARES.size()];
            for (int i = 0; i < y.length - 1; i++) {
                String name = HeadShares.name(keeps(curve), isRandom(curve), SHARES.get(i));
                y[i] = whole(sample, name).orElseThrow().logOdds() - none;
            }
            y[y.length - 1] = keeps(curve) ? uncut : 0;
            for (double value : y) {
                row.add(value);
            }
            areas[curve] = Faithfulness.area(SHARES, y);
            row.add(areas[curve]);
        }
        row.add(areas[0] - areas[1]);
        row.add(areas[3] - areas[2]);
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
