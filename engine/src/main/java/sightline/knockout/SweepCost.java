package sightline.knockout;

import java.util.List;
import sightline.checkpoint.TextConfig;

/**
 * What a sweep costs, known before it runs.
 *
 * @param variants numbers asked for: pathways × window sizes × maskings × layers and the baseline, per answer token
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

    static SweepCost of(
            SweepRequest request,
            TextConfig config,
            int distinctEdits,
            int embeddings,
            List<PlannedLayer> layers,
            int validTokens,
            int allTokens) {
        int answer = request.answer().length;
        long asked = (long) request.pathways().size()
                * request.windowSizes().size()
                * request.maskings().size()
                * config.layers();
        long naive = 0;
        for (int token = 0; token < answer; token++) {
            naive += (1L + distinctEdits)
                    * config.layers()
                    * request.context(token).length();
        }
        double hidden = config.hidden();
        double keyWidth = (double) config.keyValueHeads() * config.headSize();
        double perState = 2 * hidden * hidden + 6 * hidden * config.intermediate(); // output and MLP
        long states = 0;
        double matrix = 0;
        double attention = 0;
        int below = embeddings;
        for (PlannedLayer layer : layers) {
            states += layer.size();
            matrix += layer.size() * perState;
            if (layer.cross()) {
                matrix += layer.softmaxRows().length * 2 * hidden * hidden;
                attention += layer.visionKeys(validTokens, allTokens) * 4 * hidden;
            } else {
                matrix += layer.queried().length * 2 * hidden * hidden + below * 4 * hidden * keyWidth;
                attention += layer.textKeys() * 4 * hidden;
            }
            below = layer.size();
        }
        double head = below * 2 * hidden * config.vocabulary();
        return new SweepCost(
                answer * (asked + 1), answer * (1L + distinctEdits), states, naive, matrix, attention, head);
    }
}
