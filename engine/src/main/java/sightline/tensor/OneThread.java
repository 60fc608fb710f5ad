package sightline.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * While it is open, operations of the thread that opened it use one core. {@link Cores} says for which models that is
 * best.
 *
 * <p>Open it on each worker thread, around all of its work, and close it there; it may be opened again within. OpenBLAS's
 * setting is the process's, so other threads' float32 products keep to one core too until the last worker has closed it.
 */
public final class OneThread implements AutoCloseable {
    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private final SingleBlasThread blas = SingleBlasThread.open();
    private final int before = torch.get_num_threads();
    private boolean closed;

    private OneThread() {
        torch.set_num_threads(1);
        DEPTH.set(DEPTH.get() + 1);
    }

    /** From now on this thread's operations use one core. */
    public static OneThread open() {
        NativeEngine.load();
        return new OneThread();
    }

    /** Whether the current thread keeps to one core. */
    static boolean isOpen() {
        return DEPTH.get() > 0;
    }

    /** Gives the cores back. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        DEPTH.set(DEPTH.get() - 1);
        torch.set_num_threads(before);
        blas.close();
    }
}
