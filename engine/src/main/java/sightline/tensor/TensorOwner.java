package sightline.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Owns tensors that outlive the scope they were made in: a model's weights, an image's keys and values.
 *
 * <p>Unlike a {@link Scope} it may be closed on any thread and does not catch tensors by itself.
 */
public final class TensorOwner implements AutoCloseable {
    private final String what;
    private final List<Tensor> tensors = new ArrayList<>();
    private boolean closed;

    /** @param what what is owned, for the message of a use after close, e.g. "the model" */
    public TensorOwner(String what) {
        this.what = what;
    }

    /** Takes a tensor out of the current scope; it lives until this owner closes. */
    public synchronized Tensor own(Tensor tensor) {
        requireOpen();
        tensor.retainReference();
        tensors.add(tensor);
        return tensor;
    }

    /** Bytes of the owned tensors, counting views of mapped files as if they were copies. */
    public synchronized long bytes() {
        requireOpen();
        return tensors.stream().mapToLong(Tensor::nbytes).sum();
    }

    /**
     * Checks that nothing was freed yet.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException(what + " was used after it was closed");
        }
    }

    /** Frees all. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        closed = true;
        tensors.forEach(Tensor::close);
        tensors.clear();
    }
}
