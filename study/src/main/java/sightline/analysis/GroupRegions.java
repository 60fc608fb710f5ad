package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sightline.run.RegionTracks;
import sightline.statistics.Bounds;
import sightline.statistics.Estimate;
import sightline.statistics.Holm;
import sightline.statistics.SignFlips;

/** What cutting the answers' regions takes from a group's samples, beside random boxes of their size. */
final class GroupRegions {
    private final GroupDraws draws;
    private final double threshold;

    private GroupRegions(GroupDraws draws, double threshold) {
        this.draws = draws;
        this.threshold = threshold;
    }

    /**
     * By masking, then by cut.
     *
     * @param threshold that the samples reach
     */
    static List<RegionWorth> of(GroupDraws draws, double threshold) {
        GroupRegions group = new GroupRegions(draws, threshold);
        Set<String> maskings = new TreeSet<>();
        draws.samples().forEach(sample -> sample.additions().wholeDepth().keySet().stream()
                .filter(key -> RegionTracks.isName(key.intervention()))
                .forEach(key -> maskings.add(key.masking())));
        return maskings.stream().flatMap(masking -> group.of(masking).stream()).toList();
    }

    private List<RegionWorth> of(String masking) {
        List<RegionWorth> all = new ArrayList<>();
        for (String cut : RegionTracks.cuts()) {
            worth(new WholeDepth(cut, masking)).ifPresent(all::add);
        }
        double[] holm = Holm.adjusted(all.stream().mapToDouble(RegionWorth::p).toArray());
        for (int i = 0; i < holm.length; i++) {
            all.set(i, all.get(i).corrected(holm[i]));
        }
        return all;
    }

    private static Optional<AnswerNumbers> under(TracedSample sample, WholeDepth key) {
        return Optional.ofNullable(sample.additions().wholeDepth().get(key));
    }

    private Optional<RegionWorth> worth(WholeDepth cut) {
        Optional<WholeDepth> random =
                RegionTracks.random(cut.intervention()).map(name -> new WholeDepth(name, cut.masking()));
        List<TracedSample> its = draws.measured(sample -> under(sample, cut).isPresent()
                && random.map(key -> under(sample, key).isPresent()).orElse(true));
        if (its.isEmpty()) {
            return Optional.empty();
        }
        double[][] rows =
                its.stream().map(sample -> row(sample, cut, random.orElse(cut))).toArray(double[][]::new);
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> row(sample, cut, random.orElse(cut)));
        Bounds bounds = Measure.CHANGE.bounds(threshold, false);
        double p = p(its, columns.clusters(), random.isPresent() ? 4 : 0, rows);
        return Optional.of(new RegionWorth(
                cut.intervention(),
                cut.masking(),
                columns.n(),
                columns.clusters(),
                estimate(columns, 0, bounds),
                estimate(columns, 1, Bounds.NONE),
                random.map(key -> new RegionWorth.Random(
                        estimate(columns, 2, bounds),
                        estimate(columns, 3, Bounds.NONE),
                        estimate(columns, 4, bounds.minus(bounds)))),
                p,
                p));
    }

    /** Without an interval where a handful of clusters carry the mean's spread: resamples then tell little of it. */
    private static Estimate estimate(DrawnColumns columns, int column, Bounds bounds) {
        Estimate its = columns.bootstrap().estimate(column, bounds);
        return columns.bootstrap().carried(column)
                ? its
                : new Estimate(its.value(), its.error(), Double.NaN, Double.NaN);
    }

    /** Change and log-odds under the cut, the same under another one, the difference of the changes. */
    private static double[] row(TracedSample sample, WholeDepth cut, WholeDepth other) {
        AnswerNumbers one = under(sample, cut).orElseThrow();
        AnswerNumbers two = under(sample, other).orElseThrow();
        double uncut = sample.measures().orElseThrow().uncut().logOdds();
        double change = Change.centred(one.probability(), sample.probability());
        double beside = Change.centred(two.probability(), sample.probability());
        return new double[] {change, one.logOdds() - uncut, beside, two.logOdds() - uncut, change - beside};
    }

    private double p(List<TracedSample> its, int clusters, int column, double[]... rows) {
        if (clusters < draws.rules().leastClusters()) {
            return 1;
        }
        double[][] tested = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            tested[i] = new double[] {rows[i][column]};
        }
        return SignFlips.of(draws.flips(), draws.clusters().count())
                .test(draws.sums(its, tested))
                .p()[0];
    }
}
