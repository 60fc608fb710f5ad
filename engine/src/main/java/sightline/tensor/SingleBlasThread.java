package sightline.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;

/**
 * Lets each call of OpenBLAS use one thread while any is open. For kernels that already run on all cores and call it from
 * each: with threads of its own it would make them wait for one another (twice as slow, measured).
 *
 * <p>The setting is the process's. Work that runs side by side may see each other's, which costs time, not correctness.
 * Setting it takes 0.4 ms, so only the first to open and the last to close do.
 */
public final class SingleBlasThread implements AutoCloseable {
    private static int open;
    private static int before;

    private boolean closed;

    private SingleBlasThread() {}

    /** One thread from now on, until the result is closed. */
    public static SingleBlasThread open() {
        synchronized (SingleBlasThread.class) {
            if (open++ == 0) {
                before = set(1);
            }
        }
        return new SingleBlasThread();
    }

    /** Gives the threads back if no other is open. Closing twice is harmless. */
    @Override
    public void close() {
        synchronized (SingleBlasThread.class) {
            if (!closed && --open == 0) {
                set(before);
            }
            closed = true;
        }
    }

    /** Returns what was set before. The binding makes native objects to find the library's functions. */
    private static int set(int threads) {
        try (PointerScope scope = new PointerScope()) {
            int old = openblas.blas_get_num_threads();
            openblas.blas_set_num_threads(threads);
            return old;
        }
    }
}
