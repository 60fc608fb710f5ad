package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.statistics.Estimate;

/**
 * Where one pathway into the last token is enough: everything else that this token reads is cut in a window around each layer
 * (masking {@code zero}).
 *
 * @param pathway its name
 * @param k the window's size
 * @param n samples
 * @param clusters that these are of
 * @param sufficiency by layer, F as in {@link KeptAlone}; none where cutting all takes less than {@value
 *     JointEffects#LEAST_RANGE} nat
 */
public record KeptWindows(String pathway, int k, int n, int clusters, List<Estimate> sufficiency) {
    public KeptWindows {
        sufficiency = List.copyOf(sufficiency);
    }

    /** Of a group, by k, then pathway. */
    static List<KeptWindows> of(GroupDraws draws) {
        Set<Integer> sizes = new TreeSet<>();
        Set<String> pathways = new TreeSet<>(CurveKey.pathwayOrder());
        draws.samples().forEach(sample -> sample.additions().windows().kept().keySet().stream()
                .forEach(key -> {
                    sizes.add(key.k());
                    KeepOnly.kept(key.pathway()).ifPresent(pathways::add);
                }));
        List<KeptWindows> all = new ArrayList<>();
        sizes.forEach(k -> pathways.forEach(pathway -> of(draws, pathway, k, all)));
        return all;
    }

    private static void of(GroupDraws draws, String pathway, int k, List<KeptWindows> all) {
        CurveKey kept = key(KeepOnly.name(List.of(pathway)), k);
        CurveKey nothing = key(KeepOnly.NOTHING, k);
        List<TracedSample> its =
                draws.measured(sample -> sample.additions().windows().kept().containsKey(kept)
                        && sample.additions().windows().kept().containsKey(nothing));
        if (its.isEmpty()) {
            return;
        }
        int layers = its.get(0).additions().windows().kept().get(kept).length;
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> row(sample, kept, nothing));
        all.add(new KeptWindows(
                pathway,
                k,
                columns.n(),
                columns.clusters(),
                IntStream.range(0, layers)
                        .mapToObj(layer -> columns.bootstrap().ratio(layer, layers + layer, JointEffects.LEAST_RANGE))
                        .toList()));
    }

    private static CurveKey key(String name, int k) {
        return new CurveKey(name, k, Masking.ZERO.toString());
    }

    /** Less y with nothing kept: y with the pathway kept, then y uncut, by layer each. */
    private static double[] row(TracedSample sample, CurveKey kept, CurveKey nothing) {
        double[] its = sample.additions().windows().kept().get(kept);
        double[] none = sample.additions().windows().kept().get(nothing);
        double uncut = sample.measures().orElseThrow().uncut().logP();
        double[] row = new double[2 * its.length];
        for (int layer = 0; layer < its.length; layer++) {
            row[layer] = its[layer] - none[layer];
            row[its.length + layer] = uncut - none[layer];
        }
        return row;
    }
}
