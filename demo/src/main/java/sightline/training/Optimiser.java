package sightline.training;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon (Jordan et al. 2024: momentum, made orthogonal by five Newton–Schulz steps) for the matrices inside layers, Adam
 * (Kingma and Ba 2015) for all else. Gradients are clipped together to length 1 before.
 */
final class Optimiser implements AutoCloseable {
    private static final double MUON_MOMENTUM = 0.95;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;
    private static final double LONGEST_GRADIENT = 1;

    /** The quintic's coefficients, which drive singular values towards 1 fastest. */
    private static final double A = 3.4445;

    private static final double B = -4.7750;
    private static final double C = 2.0315;
    private static final int NEWTON_SCHULZ_STEPS = 5;

    private final Parameters parameters;
    private final Tensor first;
    private final Tensor second;
    private long steps;

    /**
     * How large a step is.
     *
     * @param muon of matrices inside layers
     * @param adam of all else
     * @param vision what both are multiplied by in the vision tower
     * @param decoder what Muon's is multiplied by in the decoder; 0 while only labels are trained
     */
    record Rates(double muon, double adam, double vision, double decoder) {}

    Optimiser(Parameters parameters) {
        this.parameters = parameters;
        first = torch.zeros(parameters.size());
        second = torch.zeros(parameters.size() - parameters.matricesEnd());
    }

    /**
     * Clips the gradient and begins a step. What follows may be split between threads.
     *
     * @return the gradient's length before
     */
    double begin(Tensor gradient) {
        try (PointerScope scope = new PointerScope()) {
            steps++;
            double length = gradient.norm().item_float();
            if (!Double.isFinite(length)) {
                throw new IllegalStateException("the gradient is no number at step " + steps
                        + "; the same command goes on from the last saved state, if there is one");
            }
            if (length > LONGEST_GRADIENT) {
                gradient.mul_(new Scalar(LONGEST_GRADIENT / length));
            }
            return length;
        }
    }

    /** Adam's step on all that is no matrix inside a layer. */
    void adam(Tensor gradient, Rates rates) {
        long start = parameters.matricesEnd();
        long vision = parameters.visionVectorsEnd();
        adam(gradient, start, vision, rates.adam() * rates.vision());
        adam(gradient, vision, parameters.size(), rates.adam());
    }

    private void adam(Tensor gradient, long from, long to, double rate) {
        if (from == to || rate == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor g = gradient.narrow(0, from, to - from);
            Tensor m = first.narrow(0, from, to - from);
            Tensor v = second.narrow(0, from - parameters.matricesEnd(), to - from);
            m.lerp_(g, new Scalar(1 - BETA1));
            v.mul_(new Scalar(BETA2)).addcmul_(g, g, new Scalar(1 - BETA2));
            double unbias = Math.sqrt(1 - Math.pow(BETA2, (double) steps));
            Tensor root = v.sqrt().mul_(new Scalar(1 / unbias)).add_(new Scalar(EPSILON));
            double step = rate / (1 - Math.pow(BETA1, (double) steps));
            parameters.values().narrow(0, from, to - from).addcdiv_(m, root, new Scalar(-step));
        }
    }

    /**
     * Muon's step on one share of the matrices.
     *
     * @param worker from 0, below {@code workers}; all workers' shares together are all matrices
     */
    void muon(Tensor gradient, Rates rates, int worker, int workers) {
        for (Parameters.Block block : parameters.blocks()) {
            double rate = rates.muon() * (block.vision() ? rates.vision() : rates.decoder());
            long from = block.count() * worker / workers;
            long count = block.count() * (worker + 1) / workers - from;
            if (rate == 0 || count == 0) {
                continue;
            }
            try (PointerScope scope = new PointerScope()) {
                Tensor g = block.of(gradient).narrow(0, from, count);
                Tensor m = block.of(first).narrow(0, from, count);
                m.mul_(new Scalar(MUON_MOMENTUM)).add_(g);
                Tensor ahead = g.add(m, new Scalar(MUON_MOMENTUM)); // Nesterov
                double scale = Math.sqrt(Math.max(1.0, (double) block.rows() / block.columns()));
                block.of(parameters.values()).narrow(0, from, count).add_(orthogonal(ahead), new Scalar(-rate * scale));
            }
        }
    }

    /** Each matrix with its singular values driven to about 1: (count, rows, columns) -> the same. */
    static Tensor orthogonal(Tensor x) {
        boolean tall = x.size(1) > x.size(2);
        Tensor y = tall ? x.transpose(1, 2) : x;
        Tensor length = y.mul(y)
                .sum(new long[] {1, 2}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .sqrt_()
                .add_(new Scalar(1e-7));
        y = y.div(length);
        for (int i = 0; i < NEWTON_SCHULZ_STEPS; i++) {
            Tensor gram = torch.bmm(y, y.transpose(1, 2));
            Tensor inner = torch.baddbmm(gram, gram, gram, new Scalar(B), new Scalar(C));
            y = torch.baddbmm(y, inner, y, new Scalar(A), new Scalar(1.0));
        }
        return tall ? y.transpose(1, 2) : y;
    }

    /** Momentum and steps, for a checkpoint: the vectors and how many steps were made. */
    List<Tensor> state() {
        return List.of(first, second);
    }

    long steps() {
        return steps;
    }

    void steps(long made) {
        steps = made;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
