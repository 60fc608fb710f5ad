package sightline.llava;

import org.bytedeco.pytorch.Tensor;
import sightline.model.Weights;
import sightline.tensor.Ops;

/** A layer norm of the tower. */
record ClipNorm(Tensor weight, Tensor bias, double eps) {
    ClipNorm(Weights weights, String name, ClipConfig config) {
        this(weights.vector(name + ".weight"), weights.vector(name + ".bias"), config.normEps());
    }

    /** (rows, hidden) -> (rows, hidden) */
    Tensor of(Tensor x) {
        return Ops.layerNorm(x, weight, bias, eps);
    }
}
