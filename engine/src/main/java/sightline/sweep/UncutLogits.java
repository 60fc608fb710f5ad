package sightline.sweep;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * What measures under a cut are compared with: each answer token's distribution with nothing cut, and its foils. On the device, in float64.
 *
 * @param probabilities P (answer tokens, vocabulary), at temperature 1
 * @param negativeEntropy Σ P log P (answer tokens, 1)
 * @param foils token ids (answer tokens, foils): the likeliest other token, or those that are named for the answer's first
 */
record UncutLogits(Tensor probabilities, Tensor negativeEntropy, Tensor foils) {
    /**
     * Of some logits.
     *
     * @param logits (answer tokens, vocabulary)
     * @param answer token ids (answer tokens, 1)
     * @param named foils of the first of these tokens (1, foils), without its own id; of width 0 for the likeliest other
     */
    static UncutLogits of(Tensor logits, Tensor answer, Tensor named) {
        Tensor log = Ops.logSoftmax(logits.to(ScalarType.Double));
        Tensor p = log.exp();
        Tensor likeliest = Ops.firstLargest(logits.scatter(1, answer, new Scalar(Double.NEGATIVE_INFINITY)));
        return new UncutLogits(p, Ops.sum(p.mul(log)), foils(likeliest, named));
    }

    private static Tensor foils(Tensor likeliest, Tensor named) {
        long later = likeliest.size(0) - 1;
        return named.size(1) == 0
                ? likeliest
                : Ops.cat(0, named, likeliest.narrow(0, 1, later).expand(later, named.size(1)));
    }

    /** The same, handed from a scope, the innermost, to the one around it. */
    UncutLogits kept(Scope scope) {
        scope.keep(probabilities);
        scope.keep(negativeEntropy);
        scope.keep(foils);
        return this;
    }
}
