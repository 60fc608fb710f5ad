package sightline.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Ops;

/**
 * A picture's keys and values in one layer, and the ways to read them.
 *
 * @param keys (groups, tokens, size)
 * @param values (groups, tokens, size)
 * @param mean the mean value of all tokens as every head reads it: (1, heads · size)
 */
public record ImageKeys(Tensor keys, Tensor values, Tensor mean, Compute compute) {
    /**
     * What rows read whose query decides.
     *
     * @param queries (rows, heads, size)
     * @param tokens how many of the first tokens are in view
     * @param mask (1, tokens), 0 for open and −∞ for blocked; null if all are open
     * @return (rows, heads · size)
     */
    public Tensor softmax(Tensor queries, int tokens, Tensor mask) {
        Tensor each = mask == null ? null : mask.expand(queries.size(0), tokens);
        return Attention.attend(queries, keys.narrow(1, 0, tokens), values.narrow(1, 0, tokens), each, compute);
    }

    /** What rows read that read nothing: (1, heads · size). */
    public Tensor nothing() {
        return Ops.zerosLike(mean);
    }

    /**
     * The mean value of some tokens, as every head reads it: (1, heads · size).
     *
     * @param open (1, tokens, 1), 1 where a token counts, otherwise 0
     * @param count how many do
     */
    public Tensor mean(Tensor open, int count) {
        Tensor some =
                values.to(compute.accurate().scalarType()).mul(open).sum(1).div_(new Scalar((double) count));
        return Ops.perHead(some, mean.numel() / some.numel())
                .to(compute.matmul().scalarType());
    }
}
