package sightline.analysis;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import sightline.run.NamedRun;
import sightline.run.TracedLine;

/**
 * The pathway whose window takes most of one sample's answer.
 *
 * @param key what was cut
 * @param layer in the window's middle
 * @param change centred, in percent, by layer
 */
@SuppressWarnings("ArrayRecordComponent")
public record StrongestCut(CurveKey key, int layer, double[] change) {
    public StrongestCut {
        Objects.requireNonNull(key);
    }

    /** The whole answer's uncut probability in a line of a journal that tells of no failure. */
    public static double uncut(TracedLine line) {
        return SampleLine.probabilities(line).probability();
    }

    /**
     * The strongest of some cuts; the first of equal ones, empty if none of them was made or acts.
     *
     * @param run the line's
     * @param line one that tells of no failure
     */
    public static Optional<StrongestCut> of(NamedRun run, TracedLine line, Set<CurveKey> among) {
        TracedDataset frame = RunResults.withoutSamples(run);
        TracedSample sample = SampleLine.probabilities(line);
        StrongestCut strongest = null;
        for (CurveKey key : among) {
            double[] cut = sample.curves().get(key);
            if (cut != null) {
                double[] change = Arrays.stream(cut)
                        .map(p -> Change.centred(p, sample.probability()))
                        .toArray();
                int layer = HarmfulWindow.lowest(frame, key, change);
                if (layer >= 0 && (strongest == null || change[layer] < strongest.change[strongest.layer])) {
                    strongest = new StrongestCut(key, layer, change);
                }
            }
        }
        return Optional.ofNullable(strongest);
    }
}
