package sightline.tensor;

import java.time.Duration;

/**
 * Times a repeatable piece of work: once to warm up, then again and again, of which the shortest counts, since whatever
 * else runs on the machine can only make it longer.
 *
 * @param budget no further run is begun once the runs together took this long
 * @param device on which the work is; a run's time ends when the device is done
 */
record Stopwatch(Duration budget, ComputeDevice device) {
    /** Runs that are timed at least, however long they take. */
    private static final int LEAST = 2;

    /** No shape is better known after this many. */
    private static final int MOST = 50;

    /** The shortest run, in seconds. Each runs in a scope of its own. */
    double seconds(Runnable work) {
        run(work);
        long shortest = Long.MAX_VALUE;
        long total = 0;
        for (int i = 0; i < LEAST || (i < MOST && total < budget.toNanos()); i++) {
            long time = run(work);
            shortest = Math.min(shortest, time);
            total += time;
        }
        return shortest / 1e9;
    }

    private long run(Runnable work) {
        try (Scope scope = Scope.open()) {
            device.synchronize();
            long start = System.nanoTime();
            work.run();
            device.synchronize();
            return System.nanoTime() - start;
        }
    }
}
