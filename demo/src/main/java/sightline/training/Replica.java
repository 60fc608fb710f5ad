package sightline.training;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One worker's view of the parameters: the numbers are shared by all workers, the gradients are its own. Gradients gather
 * in one vector that lies like that of the parameters.
 */
final class Replica implements AutoCloseable {
    private final Map<String, Tensor> leaves = new HashMap<>();
    private final Tensor gradient;

    Replica(Parameters parameters) {
        gradient = torch.zeros(parameters.size());
        try (PointerScope scope = new PointerScope()) {
            parameters.slots().forEach((name, slot) -> {
                Tensor leaf = slot.of(parameters.values()).detach();
                leaf.set_requires_grad(true);
                leaf.mutable_grad().put(slot.of(gradient)); // the backward pass adds into a gradient that is there
                leaf.retainReference();
                leaves.put(name, leaf);
            });
        }
    }

    /** A weight with its gradient, by its published name. */
    Tensor weight(String name) {
        Tensor leaf = leaves.get(name);
        if (leaf == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return leaf;
    }

    /** The gradients of all parameters. */
    Tensor gradient() {
        return gradient;
    }

    @Override
    public void close() {
        leaves.values().forEach(Tensor::close);
        gradient.close();
    }
}
