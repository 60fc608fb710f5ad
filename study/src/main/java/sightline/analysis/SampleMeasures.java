package sightline.analysis;

import java.util.Map;
import sightline.knockout.AnswerMeasures;

/**
 * One sample's measures, of the whole answer.
 *
 * @param uncut with nothing cut; log-probability, log-odds and flip, others may be unknown
 * @param rows by what was cut
 * @param foiled whether its first token is held against foils that the run names
 */
public record SampleMeasures(AnswerMeasures uncut, Map<CurveKey, MeasureRows> rows, boolean foiled) {
    public SampleMeasures {
        rows = Map.copyOf(rows);
    }

    /**
     * Whether greedy decoding gives the answer with nothing cut, and ends it where the run asks for that. If not, nothing can be said of its flips.
     */
    public boolean greedy() {
        return !uncut.flip();
    }
}
