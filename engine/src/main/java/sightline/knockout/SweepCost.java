package sightline.knockout;

/**
 * What a sweep costs, known before it runs.
 *
 * @param variants numbers asked for: interventions × window sizes × maskings × layers, the windows of all other tracks, and
 *     the baseline, per answer token
 * @param distinctVariants those that differ: cutting the same edges in the same layers is one
 * @param states distinct hidden states to compute, rows × layers
 * @param naiveStates hidden states that one full pass per distinct variant computes
 * @param matrixOperations floating-point operations in linear layers, two per multiplication with a weight
 * @param attentionOperations floating-point operations of queries with keys and weights with values
 * @param headOperations floating-point operations of the output head
 */
public record SweepCost(
        long variants,
        long distinctVariants,
        long states,
        long naiveStates,
        double matrixOperations,
        double attentionOperations,
        double headOperations) {
    /** All floating-point operations. */
    public double operations() {
        return matrixOperations + attentionOperations + headOperations;
    }
}
