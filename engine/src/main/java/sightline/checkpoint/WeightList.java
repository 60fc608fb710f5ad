package sightline.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** Gathers the weights of a model by their published names. */
public final class WeightList {
    private final List<WeightSpec> weights = new ArrayList<>();

    /** A weight of any shape. */
    public void add(String name, long... shape) {
        weights.add(WeightSpec.of(name, shape));
    }

    /** The matrix of a linear layer. */
    public void linear(String name, int in, int out) {
        add(name + ".weight", out, in);
    }

    /** A linear layer with its bias. */
    public void biased(String name, int in, int out) {
        linear(name, in, out);
        add(name + ".bias", out);
    }

    /** A layer norm. */
    public void layerNorm(String name, long channels) {
        add(name + ".weight", channels);
        add(name + ".bias", channels);
    }

    /** All so far, in their order. */
    public List<WeightSpec> all() {
        return List.copyOf(weights);
    }
}
