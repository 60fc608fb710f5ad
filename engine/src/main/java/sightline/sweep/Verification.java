package sightline.sweep;

/** Which samples of a run are computed twice, and what came of it; shared by the sweeps of all its models and threads. */
public final class Verification {
    private final int samples;
    private long claimed;
    private int verified;
    private double largest;

    /** @param samples how many are computed twice, the first ones */
    public Verification(int samples) {
        this.samples = samples;
    }

    /** Whether the sample that is asked for is one of the first. */
    synchronized boolean claim() {
        return claimed++ < samples;
    }

    /**
     * A request was computed twice, with such a largest difference.
     *
     * @param first whether it is its sample's first
     */
    synchronized void note(double difference, boolean first) {
        largest = Math.max(largest, difference);
        verified += first ? 1 : 0;
    }

    /** How many samples were computed twice and found equal so far. */
    public synchronized int verified() {
        return verified;
    }

    /** The largest difference seen among those, relative to the oracle's probability. */
    public synchronized double largestDifference() {
        return largest;
    }
}
