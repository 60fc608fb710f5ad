package sightline.analysis;

import java.util.Optional;
import sightline.knockout.AnswerMeasures;

/** What a cut does to a sample's measures beside its probability. */
final class MeasuredDifference {
    private MeasuredDifference() {}

    /**
     * y_l − y_0 by layer; of flips 1 where the answer changes.
     *
     * @return empty if the sample tells no measures of this cut; of flips also if its uncut answer is not the greedy one, of
     *     foils if none that the run names applies to it
     */
    static Optional<double[]> of(TracedSample sample, CurveKey key, Measure measure) {
        return sample.measures()
                .filter(measures -> measure != Measure.FLIP || measures.greedy())
                .filter(measures -> measure != Measure.FOIL || measures.foiled())
                .flatMap(measures -> Optional.ofNullable(measures.rows().get(key))
                        .map(rows -> difference(rows, measures.uncut(), measure)));
    }

    private static double[] difference(MeasureRows rows, AnswerMeasures uncut, Measure measure) {
        return switch (measure) {
            case FLIP -> rows.flip();
            case FOIL -> less(rows.foil(), uncut.foil());
            default -> less(rows.logOdds(), uncut.logOdds());
        };
    }

    /** The uncut one is rounded as rows are: what changes nothing differs by exactly 0. */
    private static double[] less(double[] row, double uncut) {
        for (int layer = 0; layer < row.length; layer++) {
            row[layer] -= (float) uncut;
        }
        return row;
    }
}
