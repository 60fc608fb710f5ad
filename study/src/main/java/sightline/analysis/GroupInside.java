package sightline.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import sightline.statistics.Bounds;
import sightline.statistics.Estimate;

/** Sums up what was read inside the decoder of a group's samples, with the resamples of its curves. */
final class GroupInside {
    private static final Bounds SHARE = new Bounds(0, 1);
    private static final Bounds LENGTH = new Bounds(0, Double.POSITIVE_INFINITY);
    private static final Bounds LOG = new Bounds(Double.NEGATIVE_INFINITY, 0);

    private final GroupDraws draws;

    private GroupInside(GroupDraws draws) {
        this.draws = draws;
    }

    static InsideSummary of(GroupDraws draws) {
        boolean any = draws.samples().stream()
                .anyMatch(sample -> !sample.additions().inside().equals(SampleInside.NONE));
        return any ? new GroupInside(draws).summary() : InsideSummary.NONE;
    }

    private InsideSummary summary() {
        return new InsideSummary(lens(), attention(), edges(), gates());
    }

    /** Means of some columns by layer. */
    private record Means(LayerMeans means, InsideSummary.Count count) {}

    /** Of the samples that have such numbers; of those, where some lack a layer's, of the ones that have all that any has. */
    private Optional<Means> means(Function<SampleInside, float[]> numbers, Bounds bounds) {
        List<TracedSample> its = having(numbers);
        if (its.isEmpty()) {
            return Optional.empty();
        }
        boolean[] known = new boolean[of(its.get(0), numbers).length];
        its.forEach(sample -> {
            float[] row = of(sample, numbers);
            for (int layer = 0; layer < known.length; layer++) {
                known[layer] |= !Float.isNaN(row[layer]);
            }
        });
        List<TracedSample> full = its.stream()
                .filter(sample -> {
                    float[] row = of(sample, numbers);
                    for (int layer = 0; layer < known.length; layer++) {
                        if (known[layer] && Float.isNaN(row[layer])) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
        if (full.isEmpty()) {
            return Optional.empty();
        }
        DrawnColumns columns = DrawnColumns.of(draws, full, sample -> {
            float[] row = of(sample, numbers);
            double[] wide = new double[row.length];
            Arrays.setAll(wide, layer -> known[layer] ? row[layer] : 0);
            return wide;
        });
        LayerMeans means = LayerMeans.of(columns.bootstrap(), 0, known.length, bounds);
        return Optional.of(new Means(masked(means, known), new InsideSummary.Count(columns.n(), columns.clusters())));
    }

    private static LayerMeans masked(LayerMeans means, boolean... known) {
        for (int layer = 0; layer < known.length; layer++) {
            if (!known[layer]) {
                means.mean()[layer] = Double.NaN;
                means.error()[layer] = Double.NaN;
                means.low()[layer] = Double.NaN;
                means.high()[layer] = Double.NaN;
                means.carried()[layer] = false;
            }
        }
        return means;
    }

    private List<TracedSample> having(Function<SampleInside, float[]> numbers) {
        return draws.samples().stream()
                .filter(sample -> of(sample, numbers) != null)
                .toList();
    }

    private static float[] of(TracedSample sample, Function<SampleInside, float[]> numbers) {
        return numbers.apply(sample.additions().inside());
    }

    private Optional<InsideSummary.Lens> lens() {
        Optional<Means> uncut = means(inside -> inside.lens().get(SampleInside.UNCUT), LOG);
        if (uncut.isEmpty()) {
            return Optional.empty();
        }
        int entries = uncut.get().means().mean().length;
        List<TracedSample> its = having(inside -> inside.lens().get(SampleInside.UNCUT)).stream()
                .filter(sample -> sample.additions().inside().settled() < entries - 1)
                .toList();
        Estimate settles = Estimate.NONE;
        InsideSummary.Count settled = new InsideSummary.Count(0, 0);
        if (!its.isEmpty()) {
            DrawnColumns columns = DrawnColumns.of(draws, its, sample ->
                    new double[] {sample.additions().inside().settled()});
            settles = columns.bootstrap().estimate(0, new Bounds(-1, entries - 2));
            settled = new InsideSummary.Count(columns.n(), columns.clusters());
        }
        Set<CurveKey> keys = new TreeSet<>();
        draws.samples()
                .forEach(
                        sample -> keys.addAll(sample.additions().inside().lens().keySet()));
        List<InsideSummary.CutLens> cut = new ArrayList<>();
        for (CurveKey key : keys) {
            if (!key.equals(SampleInside.UNCUT)) {
                means(inside -> inside.lens().get(key), LOG)
                        .ifPresent(of -> cut.add(new InsideSummary.CutLens(key, of.means(), of.count())));
            }
        }
        return Optional.of(
                new InsideSummary.Lens(uncut.get().means(), uncut.get().count(), settles, settled, cut));
    }

    private Set<String> names(Function<SampleInside, Map<String, ?>> named) {
        Set<String> names = new TreeSet<>();
        draws.samples()
                .forEach(sample ->
                        names.addAll(named.apply(sample.additions().inside()).keySet()));
        return names;
    }

    private List<InsideSummary.Role> attention() {
        List<InsideSummary.Role> roles = new ArrayList<>();
        for (String role : names(SampleInside::attention)) {
            means(inside -> share(inside, role), SHARE)
                    .ifPresent(of -> roles.add(new InsideSummary.Role(role, of.means(), of.count())));
        }
        return roles;
    }

    /** 0 where the prompt has no such row, but others. */
    private static float[] share(SampleInside inside, String role) {
        float[] its = inside.attention().get(role);
        if (its != null || inside.attention().isEmpty()) {
            return its;
        }
        float[] other = inside.attention().values().iterator().next().clone();
        for (int layer = 0; layer < other.length; layer++) {
            other[layer] = Float.isNaN(other[layer]) ? Float.NaN : 0;
        }
        return other;
    }

    private List<InsideSummary.Edges> edges() {
        List<InsideSummary.Edges> edges = new ArrayList<>();
        List<String> pathways = names(SampleInside::edges).stream()
                .sorted(CurveKey.pathwayOrder())
                .toList();
        for (String pathway : pathways) {
            Optional<Means> attention = means(inside -> edge(inside, pathway, SampleInside.Edges::attention), SHARE);
            Optional<Means> value = means(inside -> edge(inside, pathway, SampleInside.Edges::value), LENGTH);
            if (attention.isPresent() && value.isPresent()) {
                Set<String> maskings = new TreeSet<>();
                draws.samples().forEach(sample -> Optional.ofNullable(
                                sample.additions().inside().edges().get(pathway))
                        .ifPresent(its -> maskings.addAll(its.left().keySet())));
                List<InsideSummary.Left> left = new ArrayList<>();
                for (String masking : maskings) {
                    means(inside -> edge(inside, pathway, its -> its.left().get(masking)), SHARE)
                            .ifPresent(of -> left.add(new InsideSummary.Left(masking, of.means())));
                }
                edges.add(new InsideSummary.Edges(
                        pathway,
                        attention.get().means(),
                        value.get().means(),
                        left,
                        attention.get().count()));
            }
        }
        return edges;
    }

    private static float[] edge(SampleInside inside, String pathway, Function<SampleInside.Edges, float[]> numbers) {
        SampleInside.Edges its = inside.edges().get(pathway);
        return its == null ? null : numbers.apply(its);
    }

    private List<InsideSummary.Gate> gates() {
        Set<Integer> layers = new TreeSet<>();
        draws.samples()
                .forEach(sample ->
                        layers.addAll(sample.additions().inside().gates().keySet()));
        List<InsideSummary.Gate> gates = new ArrayList<>();
        for (int layer : layers) {
            List<TracedSample> its = having(inside -> inside.gates().get(layer));
            DrawnColumns columns = DrawnColumns.of(draws, its, sample -> {
                float[] row = sample.additions().inside().gates().get(layer);
                return new double[] {row[2], row[3]};
            });
            float[] first = its.get(0).additions().inside().gates().get(layer);
            gates.add(new InsideSummary.Gate(
                    layer,
                    first[0],
                    first[1],
                    columns.bootstrap().estimate(0, LENGTH),
                    columns.bootstrap().estimate(1, LENGTH),
                    new InsideSummary.Count(columns.n(), columns.clusters())));
        }
        return gates;
    }
}
