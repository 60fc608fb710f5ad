package sightline.knockout;

import sightline.model.Progress;
import sightline.model.VisionMemory;

/**
 * A sweep whose first samples are computed a second time by another one, to see how far the two lie apart. Several threads
 * may run it at once.
 */
public final class VerifiedSweep implements Sweep {
    private final Sweep sweep;
    private final Sweep oracle;
    private final int samples;
    private long claimed;
    private int verified;
    private double largest;

    /**
     * @param sweep whose traces are handed out
     * @param oracle what they are held against, the naive sweep as a rule
     * @param samples how many are computed twice
     */
    public VerifiedSweep(Sweep sweep, Sweep oracle, int samples) {
        this.sweep = sweep;
        this.oracle = oracle;
        this.samples = samples;
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        Trace trace = sweep.run(request, seen, progress);
        if (claim()) {
            note(trace.largestDifference(oracle.run(request, seen, progress)));
        }
        return trace;
    }

    private synchronized boolean claim() {
        return claimed++ < samples;
    }

    private synchronized void note(double difference) {
        largest = Math.max(largest, difference);
        verified++;
    }

    /** How many samples were computed twice so far. */
    public synchronized int verified() {
        return verified;
    }

    /** The largest difference seen, relative to the oracle's probability; about 1e-5 in float32 is rounding. */
    public synchronized double largestDifference() {
        return largest;
    }
}
