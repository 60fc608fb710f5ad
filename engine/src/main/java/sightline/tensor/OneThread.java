package sightline.tensor;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * While it is open, operations of the thread that opened it use one core. For small models: there two threads on one sample
 * gain nothing, while two samples, each on a thread of its own, take the time of one (docs/performance.md).
 *
 * <p>Open it on each worker thread, around all of its work, and close it there. OpenBLAS's setting is the process's, so
 * other threads' float32 products keep to one core too until the last worker has closed it.
 */
public final class OneThread implements AutoCloseable {
    private static int open;
    private static int blasBefore;

    private final int before;
    private boolean closed;

    private OneThread(int before) {
        this.before = before;
    }

    /** From now on this thread's operations use one core. */
    public static OneThread open() {
        NativeEngine.load();
        synchronized (OneThread.class) {
            if (open++ == 0) {
                blasBefore = openblas.blas_get_num_threads();
                openblas.blas_set_num_threads(1);
            }
        }
        OneThread scope = new OneThread(torch.get_num_threads());
        torch.set_num_threads(1);
        return scope;
    }

    /** Gives the cores back. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        torch.set_num_threads(before);
        synchronized (OneThread.class) {
            if (--open == 0) {
                openblas.blas_set_num_threads(blasBefore);
            }
        }
    }
}
