package sightline.model;

import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Ops;

/** A layer norm of a vision tower. */
public record LayerNorm(Tensor weight, Tensor bias, double eps) {
    /** @param name of its weights, without what each of them is */
    public LayerNorm(Weights weights, String name, double eps) {
        this(weights.vector(name + ".weight"), weights.vector(name + ".bias"), eps);
    }

    /** Of x's last axis, in a tensor of its own. */
    public Tensor of(Tensor x) {
        return Ops.layerNorm(x, weight, bias, eps);
    }
}
