package sightline.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Owns every tensor that is made while it is the innermost open scope of its thread, and frees them when it closes.
 *
 * <p>Open it in a try statement. Scopes nest; each belongs to the thread that opened it. Gradients are not recorded
 * inside.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Scope> INNERMOST = new ThreadLocal<>();

    private final Scope outer;
    private final InferenceMode inference;
    private final PointerScope pointers;
    private boolean closed;

    private Scope(Scope outer) {
        this.outer = outer;
        // One guard a thread is enough; it must be freed after all tensors, so no PointerScope may own it.
        this.inference = outer == null ? new InferenceMode(true) : null;
        this.pointers = new PointerScope();
    }

    /** Opens a scope inside the current one. */
    public static Scope open() {
        NativeEngine.load();
        Scope scope = new Scope(INNERMOST.get());
        INNERMOST.set(scope);
        return scope;
    }

    /**
     * Hands a tensor to the scope around this one, so that it survives this one.
     *
     * @return the same tensor; the caller's to close if there is no outer scope
     */
    public Tensor keep(Tensor tensor) {
        if (outer == null) {
            tensor.retainReference();
        } else {
            outer.pointers.attach(tensor);
        }
        return tensor;
    }

    /** Frees what was made in this scope. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pointers.close();
        INNERMOST.set(outer);
        if (inference != null) {
            INNERMOST.remove();
            inference.deallocate();
        }
    }
}
