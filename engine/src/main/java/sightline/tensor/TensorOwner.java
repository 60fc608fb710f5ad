package sightline.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Owns tensors that outlive the scope they were made in: a model's weights, an image's keys and values.
 *
 * <p>Unlike a {@link Scope} it may be closed on any thread and does not catch tensors by itself. Work that reads the
 * tensors holds a {@link Use}: closing meanwhile frees them only when the last use ends, since a kernel that runs on
 * another thread would otherwise read freed memory.
 */
public final class TensorOwner implements AutoCloseable {
    private final String what;
    private final List<Tensor> tensors = new ArrayList<>();
    private Runnable afterwards = () -> {};
    private int uses;
    private boolean closed;

    /** @param what what is owned, for the message of a use after close, e.g. "the model" */
    public TensorOwner(String what) {
        this.what = what;
    }

    /** While it is open, nothing is freed. */
    public interface Use extends AutoCloseable {
        /** Ends the use. Closing twice is harmless. */
        @Override
        void close();
    }

    /**
     * Keeps all that is owned from being freed until the result is closed, on any thread.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized Use use() {
        refuseIf(closed);
        uses++;
        boolean[] over = {false};
        return () -> end(over);
    }

    private synchronized void end(boolean[] over) {
        if (!over[0]) {
            over[0] = true;
            uses--;
            freeIfUnused();
        }
    }

    /**
     * Takes a tensor out of the current scope; it lives until this owner closes.
     *
     * @throws IllegalStateException after {@link #close()}, unless a {@link Use} is still open
     */
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
     * @throws IllegalStateException after {@link #close()}, unless a {@link Use} is still open
     */
    public synchronized void requireOpen() {
        refuseIf(closed && uses == 0);
    }

    private void refuseIf(boolean gone) {
        if (gone) {
            throw new IllegalStateException(what + " was used after it was closed");
        }
    }

    /** Frees all, once no {@link Use} is open. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        closed = true;
        freeIfUnused();
    }

    /**
     * The same, and something more when all is freed.
     *
     * @param last run once, even if closed twice; by the thread that ends the last use
     */
    public synchronized void close(Runnable last) {
        if (!closed) {
            afterwards = last;
        }
        close();
    }

    private void freeIfUnused() {
        if (closed && uses == 0) {
            tensors.forEach(Tensor::close);
            tensors.clear();
            Runnable last = afterwards;
            afterwards = () -> {};
            last.run();
        }
    }
}
