package sightline.model;

import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.WeightSource;
import sightline.tensor.Compute;
import sightline.tensor.DType;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Linear;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * Hands a checkpoint's weights to the layers, on the device and in the format they compute in.
 *
 * <p>What is made here is owned by the model. Matrices stay as the checkpoint stores them (mapped, untouched)
 * if {@code mapped}; otherwise they are converted once to the format in which they are multiplied. Vectors (norms,
 * biases, gates, embeddings of the vision tower) are small and always converted.
 */
public final class Weights {
    private final WeightSource source;
    private final Compute compute;
    private final boolean mapped;
    private final TensorOwner owner;

    /**
     * @param mapped whether matrices stay as they are stored
     * @param owner gets what is made
     */
    public Weights(WeightSource source, Compute compute, boolean mapped, TensorOwner owner) {
        this.source = source;
        this.compute = compute;
        this.mapped = mapped;
        this.owner = owner;
    }

    /** Where and in which format the model computes. */
    public Compute compute() {
        return compute;
    }

    /** Takes a tensor made from weights into the model's ownership. */
    public Tensor own(Tensor tensor) {
        return owner.own(tensor);
    }

    /** Places row numbers that live as long as the model. */
    public void place(DeviceBlock block) {
        block.place(compute, owner);
    }

    /** A linear layer; its bias is taken if the checkpoint's layout has one. */
    public Linear linear(String name, boolean withBias) {
        Tensor bias = withBias ? converted(name + ".bias", compute.matmul()) : null;
        return new Linear(matrix(name + ".weight"), bias, compute);
    }

    /** A weight matrix (out, in) as stored, or converted for multiplication. */
    public Tensor matrix(String name) {
        return mapped ? stored(name) : converted(name, compute.matmul());
    }

    /** A table from which rows are looked up: stays as stored, rows are converted when taken. */
    public Tensor table(String name) {
        return stored(name);
    }

    /** A small tensor in the format used within layers. */
    public Tensor vector(String name) {
        return converted(name, compute.matmul());
    }

    /** tanh of a gate, a single number. */
    public double tanhGate(String name) {
        try (Scope scope = Scope.open()) {
            return Math.tanh(source.weight(name).to(DType.FLOAT64.scalarType()).item_double());
        }
    }

    private Tensor stored(String name) {
        Tensor weight = source.weight(name);
        return owner.own(compute.device().isCpu() ? weight : compute.place(weight));
    }

    private Tensor converted(String name, DType dtype) {
        return owner.own(compute.place(source.weight(name), dtype));
    }
}
