package sightline.sweep;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.knockout.TokenMeasures;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/** Works the measures of answer tokens out of their logits, on the device, as rows of {@value #COLUMNS} numbers. */
final class LogitMeasures {
    static final int COLUMNS = 6;

    /** Rows whose logits are held in float64 at once, several times over: 32 of Llama's vocabulary are 33 MB. */
    private static final int BLOCK = 32;

    private final UncutLogits uncut;

    LogitMeasures(UncutLogits uncut) {
        this.uncut = uncut;
    }

    /**
     * Some rows' measures (rows, {@value #COLUMNS}) in float64, as {@link #of} reads them. The logits stay as they are.
     *
     * @param logits (rows, vocabulary)
     * @param said the answer token's id at each row (rows, 1)
     * @param tokens which answer token each row is read out for (rows)
     */
    Tensor columns(Tensor logits, Tensor said, Tensor tokens) {
        List<Tensor> parts = new ArrayList<>();
        long rows = logits.size(0);
        for (long start = 0; start < rows; start += BLOCK) {
            long count = Math.min(BLOCK, rows - start);
            try (Scope scope = Scope.open()) {
                parts.add(scope.keep(block(
                        logits.narrow(0, start, count).to(ScalarType.Double),
                        said.narrow(0, start, count),
                        tokens.narrow(0, start, count))));
            }
        }
        return Ops.cat(0, parts.toArray(Tensor[]::new));
    }

    private Tensor block(Tensor z, Tensor said, Tensor tokens) {
        Tensor own = z.gather(1, said);
        Tensor others = z.scatter(1, said, new Scalar(Double.NEGATIVE_INFINITY));
        Tensor rival = Ops.firstLargest(others);
        Tensor odds = own.sub(Ops.logSumExp(others));
        Tensor margin = own.sub(others.gather(1, rival));
        Tensor foil = own.sub(Ops.largest(z.gather(1, uncut.foils().index_select(0, tokens))));
        Tensor before = Ops.sum(others.gt(own).to(ScalarType.Double)).add_(equalsBefore(z, own, said));
        Tensor crossed = Ops.sum(uncut.probabilities().index_select(0, tokens).mul_(z)); // Σ P z
        Tensor toOwn =
                uncut.negativeEntropy().index_select(0, tokens).sub_(crossed).add_(own); // Σ P (log P − z) + z_a
        return Ops.cat(1, odds, margin, foil, before, rival.to(ScalarType.Double), toOwn);
    }

    /** How many tokens of a lower id have the same logit. */
    private static Tensor equalsBefore(Tensor z, Tensor own, Tensor said) {
        Tensor lower = Ops.range(z.size(1), said).lt(said);
        return Ops.sum(z.eq(own).logical_and_(lower).to(ScalarType.Double));
    }

    /** The measures in a row of numbers, from a place on. */
    static TokenMeasures of(double[] numbers, int at) {
        double odds = numbers[at];
        double logP = odds > 0 ? -Math.log1p(Math.exp(-odds)) : odds - Math.log1p(Math.exp(odds));
        return new TokenMeasures(
                logP,
                Math.max(-TokenMeasures.CAP, Math.min(TokenMeasures.CAP, odds)),
                numbers[at + 1],
                numbers[at + 2],
                1 + (int) numbers[at + 3],
                (int) numbers[at + 4],
                Math.max(0, numbers[at + 5] - logP)); // LSE(z) = z_a − log p
    }
}
