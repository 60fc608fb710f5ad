package sightline.tensor;

import org.bytedeco.openblas.global.openblas;

/**
 * Lets each call of OpenBLAS use one thread while it is open. For kernels that already run on all cores and call it from
 * each: with threads of its own it would make them wait for one another (twice as slow, measured).
 *
 * <p>The setting is the process's. Traces that run side by side may see each other's, which costs time, not correctness.
 */
public final class SingleBlasThread implements AutoCloseable {
    private final int before;

    private SingleBlasThread(int before) {
        this.before = before;
    }

    /** Sets one thread until the result is closed. */
    public static SingleBlasThread open() {
        SingleBlasThread scope = new SingleBlasThread(openblas.blas_get_num_threads());
        openblas.blas_set_num_threads(1);
        return scope;
    }

    @Override
    public void close() {
        openblas.blas_set_num_threads(before);
    }
}
