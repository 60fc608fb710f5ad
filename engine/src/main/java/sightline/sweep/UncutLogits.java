package sightline.sweep;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * What measures under a cut are compared with: each answer token's distribution with nothing cut, and its foil, the likeliest
 * other token. On the device, in float64.
 *
 * @param probabilities P (answer tokens, vocabulary), at temperature 1
 * @param negativeEntropy Σ P log P (answer tokens, 1)
 * @param foils token ids (answer tokens, 1)
 */
record UncutLogits(Tensor probabilities, Tensor negativeEntropy, Tensor foils) {
    /**
     * Of some logits.
     *
     * @param logits (answer tokens, vocabulary)
     * @param answer token ids (answer tokens, 1)
     */
    static UncutLogits of(Tensor logits, Tensor answer) {
        Tensor log = Ops.logSoftmax(logits.to(ScalarType.Double));
        Tensor p = log.exp();
        return new UncutLogits(
                p,
                Ops.sum(p.mul(log)),
                Ops.firstLargest(logits.scatter(1, answer, new Scalar(Double.NEGATIVE_INFINITY))));
    }

    /** The same, handed from a scope, the innermost, to the one around it. */
    UncutLogits kept(Scope scope) {
        scope.keep(probabilities);
        scope.keep(negativeEntropy);
        scope.keep(foils);
        return this;
    }
}
