package sightline.knockout;

/**
 * How much a layer that reads the picture adds to the residual stream at each answer token's read-out row, with nothing cut.
 *
 * @param layer from 0
 * @param attentionGate tanh of the gate of its attention
 * @param mlpGate tanh of the gate of its MLP
 * @param attention ‖gate · output‖ / ‖x‖ per answer token, x the stream that enters the branch
 * @param mlp the same of the MLP, whose x holds what attention added
 */
@SuppressWarnings("ArrayRecordComponent") // one number per answer token
public record BranchRatio(int layer, double attentionGate, double mlpGate, double[] attention, double[] mlp) {}
