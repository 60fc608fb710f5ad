package sightline.llama;

import org.bytedeco.pytorch.Tensor;
import sightline.model.Weights;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/** The decoder's gated MLP: down(silu(gate(x)) · up(x)) (Shazeer 2020, SwiGLU). */
public final class Mlp {
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    /** @param prefix of its weights' names */
    public Mlp(Weights weights, String prefix) {
        gate = weights.linear(prefix + ".gate_proj", false);
        up = weights.linear(prefix + ".up_proj", false);
        down = weights.linear(prefix + ".down_proj", false);
    }

    /** (rows, hidden) -> (rows, hidden) */
    public Tensor apply(Tensor x) {
        return down.apply(Ops.swiglu(gate.apply(x), up.apply(x)));
    }
}
