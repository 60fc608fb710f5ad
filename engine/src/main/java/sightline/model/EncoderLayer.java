package sightline.model;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Attention;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * A layer of a vision tower: x += a · o(attention(norm(x))), x += b · mlp(norm(x)), with layer norms (Dosovitskiy et al. 2021).
 * In plain layers a = b = 1, in gated ones each is the tanh of a gate.
 *
 * <p>Rows are ordered real tokens first. Only pairs of which both are padding are masked, so real rows attend to all rows
 * and padding rows to the real ones: no mask is ever needed.
 */
public final class EncoderLayer {
    private final int heads;
    private final Compute compute;
    private final UnaryOperator<Tensor> activation;
    private final LayerNorm attentionNorm;
    private final LayerNorm mlpNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final Linear expand;
    private final Linear contract;
    private final double attentionGate;
    private final double mlpGate;

    /**
     * What differs from tower to tower.
     *
     * @param attentionNorm name of the norm before attention
     * @param mlpNorm name of the norm before the MLP
     * @param output name of attention's last projection
     * @param biases whether attention's projections have biases
     * @param heads attention heads
     * @param eps epsilon of the norms
     * @param activation between the MLP's two layers; gives a tensor of its own
     */
    public record Kind(
            String attentionNorm,
            String mlpNorm,
            String output,
            boolean biases,
            int heads,
            double eps,
            UnaryOperator<Tensor> activation) {}

    /** A plain layer. */
    public EncoderLayer(Weights weights, String prefix, Kind kind) {
        this(weights, prefix, kind, 1, 1);
    }

    /**
     * A gated layer.
     *
     * @param prefix of its weights' names
     * @param attentionGate a
     * @param mlpGate b
     */
    public EncoderLayer(Weights weights, String prefix, Kind kind, double attentionGate, double mlpGate) {
        this.heads = kind.heads();
        this.compute = weights.compute();
        this.activation = kind.activation();
        attentionNorm = new LayerNorm(weights, prefix + "." + kind.attentionNorm(), kind.eps());
        mlpNorm = new LayerNorm(weights, prefix + "." + kind.mlpNorm(), kind.eps());
        query = weights.linear(prefix + ".self_attn.q_proj", kind.biases());
        key = weights.linear(prefix + ".self_attn.k_proj", kind.biases());
        value = weights.linear(prefix + ".self_attn.v_proj", kind.biases());
        output = weights.linear(prefix + ".self_attn." + kind.output(), kind.biases());
        expand = weights.linear(prefix + ".mlp.fc1", true);
        contract = weights.linear(prefix + ".mlp.fc2", true);
        this.attentionGate = attentionGate;
        this.mlpGate = mlpGate;
    }

    /**
     * Runs the layer in place.
     *
     * @param x (rows, hidden), real rows first; overwritten with the layer's output
     * @param real how many rows are real
     */
    public void apply(Tensor x, long real) {
        try (Scope attention = Scope.open()) {
            x.add_(output.apply(attended(attentionNorm.of(x), real)), new Scalar(attentionGate));
        }
        try (Scope mlp = Scope.open()) {
            x.add_(contract.apply(activation.apply(expand.apply(mlpNorm.of(x)))), new Scalar(mlpGate));
        }
    }

    /** (rows, hidden) -> (rows, hidden) */
    private Tensor attended(Tensor x, long real) {
        Tensor q = split(query.apply(x));
        Tensor k = split(key.apply(x)).transpose(0, 1).contiguous(); // (rows, heads, size) -> (heads, rows, size)
        Tensor v = split(value.apply(x)).transpose(0, 1).contiguous();
        long rows = x.size(0);
        Tensor realRows = Attention.attend(q.narrow(0, 0, real), k, v, null, compute);
        if (real == rows) {
            return realRows;
        }
        Tensor paddingRows = Attention.attend(
                q.narrow(0, real, rows - real), k.narrow(1, 0, real), v.narrow(1, 0, real), null, compute);
        return Ops.cat(0, realRows, paddingRows);
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), heads, x.size(1) / heads);
    }
}
