package sightline.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.run.Control;
import sightline.run.RegionTracks;
import sightline.statistics.Bootstrap;
import sightline.statistics.Bounds;
import sightline.statistics.ClusterTable;
import sightline.statistics.Estimate;

/** Sums up what was traced of a group beside its curves, with the resamples of these. */
final class GroupAdditions {
    private static final String KEEP = "keep(";
    private static final Bounds PROBABILITY = new Bounds(0, 1);
    private static final String ZERO = Masking.ZERO.toString();

    private final GroupDraws draws;
    private final ToIntFunction<CurveKey> lowest;

    private GroupAdditions(GroupDraws draws, ToIntFunction<CurveKey> lowest) {
        this.draws = draws;
        this.lowest = lowest;
    }

    /**
     * Sums up a group.
     *
     * @param keys of its curves
     * @param lowest the layer of a cut's most harmful window in this group; −1 without one
     */
    static AdditionSummary of(GroupDraws draws, List<CurveKey> keys, ToIntFunction<CurveKey> lowest) {
        GroupAdditions group = new GroupAdditions(draws, lowest);
        return new AdditionSummary(group.kept(), group.joint(), group.pictures(keys));
    }

    /** Columns of samples, and what resamples say of them. */
    private record Columns(int n, int clusters, Bootstrap bootstrap) {
        /** In nats, which have no bounds. */
        Estimate estimate(int column) {
            return bootstrap.estimate(column, Bounds.NONE);
        }

        List<Estimate> estimates(int from, int to) {
            return IntStream.range(from, to).mapToObj(this::estimate).toList();
        }
    }

    private Columns columns(List<TracedSample> its, Function<TracedSample, double[]> row) {
        ClusterTable table = draws.table(its, its.stream().map(row).toArray(double[][]::new));
        return new Columns(table.n(), table.present(), draws.bootstrap(table));
    }

    private List<TracedSample> measured(Predicate<TracedSample> has) {
        return draws.samples().stream()
                .filter(sample -> sample.measures().isPresent())
                .filter(has)
                .toList();
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
                .filter(name -> name.startsWith(KEEP) && !name.equals(KeepOnly.NOTHING))
                .map(name -> name.substring(KEEP.length(), name.length() - 1))
                .sorted(CurveKey.pathwayOrder())
                .flatMap(pathway -> kept(pathway).stream())
                .toList();
    }

    private List<KeptAlone> kept(String pathway) {
        String name = KeepOnly.name(List.of(pathway));
        List<TracedSample> its =
                measured(sample -> whole(sample, name, ZERO) != null && whole(sample, KeepOnly.NOTHING, ZERO) != null);
        if (its.isEmpty()) {
            return List.of();
        }
        Columns columns = columns(its, sample -> {
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
                    .filter(name -> !name.startsWith(KEEP) && !RegionTracks.isName(name))
                    .map(JointCut::parts)
                    .max(Comparator.comparingInt(List::size))
                    .ifPresent(pathways -> all.addAll(joint(pathways, masking)));
        }
        return all;
    }

    private List<JointSummary> joint(List<String> pathways, String masking) {
        List<String> subsets =
                JointCut.byBits(pathways).stream().map(JointCut::name).toList();
        List<TracedSample> its =
                measured(sample -> subsets.stream().skip(1).allMatch(subset -> whole(sample, subset, masking) != null));
        if (its.isEmpty()) {
            return List.of();
        }
        List<JointSummary.Pair> pairs = JointSummary.pairs(pathways.size());
        int all = subsets.size();
        Columns columns = columns(its, sample -> {
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

    private List<PictureWorth> pictures(List<CurveKey> keys) {
        List<PictureWorth> all = new ArrayList<>();
        for (Control control : List.of(Control.SWAP, Control.BLANK)) {
            List<TracedSample> its =
                    measured(sample -> sample.additions().pictures().containsKey(control));
            if (!its.isEmpty()) {
                all.add(picture(control, its, keys));
            }
        }
        return all;
    }

    private PictureWorth picture(Control control, List<TracedSample> its, List<CurveKey> keys) {
        Columns columns = columns(its, sample -> {
            AnswerNumbers other = sample.additions().pictures().get(control);
            return new double[] {sample.probability(), other.probability(), uncutLogP(sample) - other.logP()};
        });
        List<PictureWorth.Share> shares = new ArrayList<>();
        for (CurveKey key : keys) {
            int layer = lowest.applyAsInt(key);
            List<TracedSample> cut = its.stream()
                    .filter(sample -> sample.measures().orElseThrow().rows().containsKey(key))
                    .toList();
            if (layer >= 0 && !cut.isEmpty()) {
                shares.add(share(control, cut, key, layer));
            }
        }
        return new PictureWorth(
                control,
                columns.n(),
                columns.clusters(),
                columns.bootstrap().estimate(0, PROBABILITY),
                columns.bootstrap().estimate(1, PROBABILITY),
                columns.estimate(2),
                shares);
    }

    private PictureWorth.Share share(Control control, List<TracedSample> its, CurveKey key, int layer) {
        Columns columns = columns(its, sample -> {
            double uncut = uncutLogP(sample);
            double cut = sample.measures().orElseThrow().rows().get(key).logP()[layer];
            return new double[] {
                uncut - cut, uncut - sample.additions().pictures().get(control).logP()
            };
        });
        return new PictureWorth.Share(
                key, layer, columns.n(), columns.clusters(), columns.bootstrap().ratio(0, 1, JointEffects.LEAST_RANGE));
    }
}
