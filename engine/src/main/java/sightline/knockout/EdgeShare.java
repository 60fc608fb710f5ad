package sightline.knockout;

import java.util.Map;

/**
 * What an intervention's attention edges carry in each layer: a mean over those of its target rows that can still reach the
 * answer token's read-out row from there; NaN where there is none.
 *
 * @param intervention whose edges
 * @param attention [answer token][layer]: attention on the edges with nothing cut, a mean over heads: what a cut takes away
 * @param value [answer token][layer]: ‖Σ a·v‖ over the edges as a share of ‖Σ a·v‖ over all of the row's, all heads together
 * @param left by masking, [answer token][layer]: attention that is left on the edges under the cut
 */
@SuppressWarnings("ArrayRecordComponent") // one number per answer token and layer
public record EdgeShare(
        Intervention intervention, double[][] attention, double[][] value, Map<Masking, double[][]> left) {
    public EdgeShare {
        left = Map.copyOf(left);
    }
}
