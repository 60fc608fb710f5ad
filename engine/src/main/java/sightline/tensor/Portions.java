package sightline.tensor;

/**
 * How much is computed in one operation, by device. On the CPU what stays within its caches; on a card far more, since
 * there each operation costs some microseconds of the processor that gives it out, whatever its size.
 *
 * @param scores attention scores that are held at once, in numbers
 * @param fill how many times fewer rows a set of an attention batch may have than the largest of its batch: the difference is
 *     computed in vain
 * @param activations numbers that an MLP holds at once
 * @param leastRows rows that pass through an MLP at once at least: with fewer, reading its weights begins to cost
 */
public record Portions(long scores, double fill, long activations, int leastRows) {
    private static final Portions CPU = new Portions(4L << 20, 1.5, 8 << 20, 512);
    private static final Portions CARD = new Portions(64L << 20, 3, 128 << 20, 4096);

    /** What suits a device. The CPU's are measured (docs/performance.md); a card's are chosen by the count of operations. */
    public static Portions of(ComputeDevice device) {
        return device.isCpu() ? CPU : CARD;
    }

    /** Rows that pass at once through an MLP of this width: nearly all of a walk's have one shape, which is prepared for once. */
    public int rows(int intermediate) {
        return Math.toIntExact(Math.max(leastRows, Long.highestOneBit(activations / intermediate)));
    }
}
