package sightline.tensor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that compute with native memory: nothing that they use may be freed before. */
public final class WorkerThreads {
    private WorkerThreads() {}

    /**
     * Takes no more work and waits for what is in hand, however often this thread is interrupted.
     *
     * @param interrupted told of each interruption
     * @return whether there was one; this thread is then marked as interrupted
     */
    public static boolean end(ExecutorService threads, Runnable interrupted) {
        threads.shutdown();
        boolean any = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                any = true;
                interrupted.run();
            }
        }
        if (any) {
            Thread.currentThread().interrupt();
        }
        return any;
    }
}
