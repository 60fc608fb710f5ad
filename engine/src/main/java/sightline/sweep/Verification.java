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

    /** A sample was computed twice, with such a largest difference. */
    synchronized void note(double difference) {
        largest = Math.max(largest, difference);
        verified++;
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
