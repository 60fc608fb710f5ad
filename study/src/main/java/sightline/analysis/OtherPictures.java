package sightline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import sightline.run.Control;
import sightline.statistics.Bounds;
import sightline.statistics.Estimate;
import sightline.statistics.Holm;
import sightline.statistics.SignFlips;

/** What the picture is worth to a group's samples: the uncut answer with the sample's own picture against another. */
final class OtherPictures {
    private static final Bounds PROBABILITY = new Bounds(0, 1);

    private final GroupDraws draws;
    private final ToIntFunction<CurveKey> lowest;

    /** @param lowest the layer of a cut's most harmful window; −1 without one */
    OtherPictures(GroupDraws draws, ToIntFunction<CurveKey> lowest) {
        this.draws = draws;
        this.lowest = lowest;
    }

    /**
     * One for each kind of other picture that was traced; p values are corrected for the others beside them.
     *
     * @param keys of the group's curves
     */
    List<PictureWorth> of(List<CurveKey> keys) {
        List<PictureWorth> all = new ArrayList<>();
        for (Control control : List.of(Control.SWAP, Control.BLANK)) {
            List<TracedSample> its =
                    draws.measured(sample -> sample.additions().pictures().containsKey(control));
            if (!its.isEmpty()) {
                all.add(picture(control, its, keys));
            }
        }
        double[] holm = Holm.adjusted(all.stream().mapToDouble(PictureWorth::p).toArray());
        for (int i = 0; i < holm.length; i++) {
            all.set(i, all.get(i).corrected(holm[i]));
        }
        return all;
    }

    private PictureWorth picture(Control control, List<TracedSample> its, List<CurveKey> keys) {
        DrawnColumns columns = DrawnColumns.of(draws, its, sample ->
                new double[] {sample.probability(), other(sample, control), worth(sample, control)});
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
        Estimate own = columns.bootstrap().estimate(0, PROBABILITY);
        Estimate other = columns.bootstrap().estimate(1, PROBABILITY);
        double p = p(control, its, columns.clusters());
        return new PictureWorth(
                control, columns.n(), columns.clusters(), own, other, columns.estimate(2), p, p, shares);
    }

    private static double other(TracedSample sample, Control control) {
        return sample.additions().pictures().get(control).probability();
    }

    private static double worth(TracedSample sample, Control control) {
        return sample.measures().orElseThrow().uncut().logP()
                - sample.additions().pictures().get(control).logP();
    }

    /** That pictures are worth as much, or cost as much, if it makes no difference which one is shown. */
    private double p(Control control, List<TracedSample> its, int clusters) {
        if (clusters < draws.rules().leastClusters()) {
            return 1;
        }
        double[][] worth = its.stream()
                .map(sample -> new double[] {worth(sample, control)})
                .toArray(double[][]::new);
        return SignFlips.of(draws.flips(), draws.clusters().count())
                .test(draws.sums(its, worth))
                .p()[0];
    }

    private PictureWorth.Share share(Control control, List<TracedSample> its, CurveKey key, int layer) {
        DrawnColumns columns = DrawnColumns.of(draws, its, sample -> {
            SampleMeasures measures = sample.measures().orElseThrow();
            double taken = measures.uncut().logP() - measures.rows().get(key).logP()[layer];
            return new double[] {taken, worth(sample, control)};
        });
        return new PictureWorth.Share(
                key, layer, columns.n(), columns.clusters(), columns.bootstrap().ratio(0, 1, JointEffects.LEAST_RANGE));
    }
}
