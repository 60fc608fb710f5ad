package sightline.analysis;

import java.util.Map;

/**
 * What was traced of one sample in other windows than its curves', the whole answer's numbers; arrays that nobody changes.
 *
 * @param kept log-probability, nats, with pathways kept alone around each layer, by {@code keep(…)}, k and masking
 * @param triangles probability with a pathway cut in every range of layers, in the order of {@link
 *     sightline.knockout.Windows.StartByEnd}
 */
public record OtherWindows(Map<CurveKey, double[]> kept, Map<WholeDepth, double[]> triangles) {
    /** Nothing. */
    public static final OtherWindows NONE = new OtherWindows(Map.of(), Map.of());

    public OtherWindows {
        kept = Map.copyOf(kept);
        triangles = Map.copyOf(triangles);
    }
}
