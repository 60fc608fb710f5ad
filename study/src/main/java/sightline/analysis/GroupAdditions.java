package sightline.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.run.HeadShares;
import sightline.run.RegionTracks;

/** Sums up what was traced of a group beside its curves, with the resamples of these. */
final class GroupAdditions {
    private static final String ZERO = Masking.ZERO.toString();

    private final GroupDraws draws;

    private GroupAdditions(GroupDraws draws) {
        this.draws = draws;
    }

    /**
     * Sums up a group.
     *
     * @param keys of its curves
     * @param lowest the layer of a cut's most harmful window in this group; −1 without one
     * @param layers L, the decoder's layers
     * @param threshold that its samples reach
     */
    static AdditionSummary of(
            GroupDraws draws, List<CurveKey> keys, ToIntFunction<CurveKey> lowest, int layers, double threshold) {
        GroupAdditions group = new GroupAdditions(draws);
        return new AdditionSummary(
                group.kept(),
                group.joint(),
                KeptWindows.of(draws),
                draws.group().equals(Group.all()) ? Triangle.of(draws, layers, threshold) : List.of(),
                new OtherPictures(draws, lowest).of(keys),
                group.heads(),
                group.headSets(),
                draws.group().equals(Group.all()) ? HeadCurves.of(draws) : Optional.empty(),
                GroupRegions.of(draws, threshold),
                group.inside());
    }

    /** Of all categories together: a thousand means for each category are more than anyone reads. */
    private Optional<HeadRanking> heads() {
        return draws.group().equals(Group.all()) ? HeadRanking.of(draws) : Optional.empty();
    }

    /** Chosen sets; what a second round silences is summed up by {@link HeadCurves}. */
    private List<SilencedSet> headSets() {
        return names(ZERO).stream()
                .filter(name -> HeadShares.isName(name) && !HeadShares.isShare(name))
                .map(this::headSet)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<SilencedSet> headSet(String name) {
        List<TracedSample> its = draws.measured(sample -> whole(sample, name, ZERO) != null);
        if (its.isEmpty()) {
            return Optional.empty();
        }
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> new double[] {
            sample.measures().orElseThrow().uncut().logOdds()
                    - whole(sample, name, ZERO).logOdds()
        });
        return Optional.of(new SilencedSet(name, columns.n(), columns.clusters(), columns.estimate(0)));
    }

    /** Of all categories together, likewise. */
    private InsideSummary inside() {
        return draws.group().equals(Group.all()) ? GroupInside.of(draws) : InsideSummary.NONE;
    }

    private static AnswerNumbers whole(TracedSample sample, String intervention, String masking) {
        return sample.additions().wholeDepth().get(new WholeDepth(intervention, masking));
    }

    private static double uncutLogP(TracedSample sample) {
        return sample.measures().orElseThrow().uncut().logP();
    }

    private Set<String> names(String masking) {
        Set<String> names = new TreeSet<>();
        draws.samples().forEach(sample -> sample.additions().wholeDepth().keySet().stream()
                .filter(key -> key.masking().equals(masking))
                .forEach(key -> names.add(key.intervention())));
        return names;
    }

    private List<KeptAlone> kept() {
        return names(ZERO).stream()
                .flatMap(name -> KeepOnly.kept(name).stream())
                .sorted(CurveKey.pathwayOrder())
                .flatMap(pathway -> kept(pathway).stream())
                .toList();
    }

    private List<KeptAlone> kept(String pathway) {
        String name = KeepOnly.name(List.of(pathway));
        List<TracedSample> its = draws.measured(
                sample -> whole(sample, name, ZERO) != null && whole(sample, KeepOnly.NOTHING, ZERO) != null);
        if (its.isEmpty()) {
            return List.of();
        }
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> {
            double nothing = whole(sample, KeepOnly.NOTHING, ZERO).logP();
            return new double[] {whole(sample, name, ZERO).logP() - nothing, uncutLogP(sample) - nothing};
        });
        return List.of(new KeptAlone(
                pathway, columns.n(), columns.clusters(), columns.bootstrap().ratio(0, 1, JointEffects.LEAST_RANGE)));
    }

    private List<JointSummary> joint() {
        Set<String> maskings = new TreeSet<>();
        draws.samples()
                .forEach(
                        sample -> sample.additions().wholeDepth().keySet().forEach(key -> maskings.add(key.masking())));
        List<JointSummary> all = new ArrayList<>();
        for (String masking : maskings) {
            names(masking).stream()
                    .filter(name -> !KeepOnly.isName(name) && !RegionTracks.isName(name) && !HeadShares.isName(name))
                    .map(JointCut::parts)
                    .max(Comparator.comparingInt(List::size))
                    .ifPresent(pathways -> all.addAll(joint(pathways, masking)));
        }
        return all;
    }

    private List<JointSummary> joint(List<String> pathways, String masking) {
        List<String> subsets =
                JointCut.byBits(pathways).stream().map(JointCut::name).toList();
        List<TracedSample> its = draws.measured(
                sample -> subsets.stream().skip(1).allMatch(subset -> whole(sample, subset, masking) != null));
        if (its.isEmpty()) {
            return List.of();
        }
        List<JointSummary.Pair> pairs = JointSummary.pairs(pathways.size());
        int all = subsets.size();
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> {
            double[] y = subsets.stream()
                    .mapToDouble(subset -> subset.isEmpty()
                            ? sample.measures().orElseThrow().uncut().logOdds()
                            : whole(sample, subset, masking).logOdds())
                    .toArray();
            return row(y, pairs);
        });
        int shares = 2 * all + pairs.size();
        return List.of(new JointSummary(
                masking,
                pathways,
                columns.n(),
                columns.clusters(),
                columns.estimates(0, all),
                columns.estimates(all, 2 * all),
                columns.estimates(2 * all, shares),
                columns.estimates(shares, shares + pathways.size())));
    }

    /** y of all subsets, the same less that of none, interactions and shares. */
    private static double[] row(double[] y, List<JointSummary.Pair> pairs) {
        List<Double> row = new ArrayList<>();
        for (double value : y) {
            row.add(value);
        }
        for (double value : y) {
            row.add(value - y[0]);
        }
        for (JointSummary.Pair pair : pairs) {
            row.add(JointEffects.interaction(y[0], y[1 << pair.one()], y[1 << pair.other()], y[pair.both()]));
        }
        for (double share : JointEffects.shares(y)) {
            row.add(share);
        }
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
