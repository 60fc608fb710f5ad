package sightline.draw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws that follow from a text alone: SplitMix64, seeded with the first 8 bytes, big-endian, of the text's SHA-256 in
 * UTF-8. Not for several threads.
 */
public final class SeededDraws {
    private final SplittableRandom random;

    private SeededDraws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Draws of a purpose.
     *
     * @param purpose for what, such as {@code null}, {@code boot} or {@code flip}
     * @param parts what tells these draws from others of that purpose, in order
     */
    public static SeededDraws of(String purpose, Object... parts) {
        StringBuilder text = new StringBuilder("sightline|").append(purpose).append("|2026");
        for (Object part : parts) {
            text.append('|').append(part);
        }
        return new SeededDraws(seed(text.toString()));
    }

    /** The seed that a text gives. */
    static long seed(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The next 64 bits. */
    long next() {
        return random.nextLong();
    }

    /**
     * A number from 0 to {@code bound} − 1, each as likely.
     *
     * @param bound at least 1
     */
    public int below(int bound) {
        return (int) below((long) bound);
    }

    /**
     * The same below a number of any size.
     *
     * @param bound at least 1
     */
    public long below(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nothing is below " + bound);
        }
        long value = next();
        if ((bound & (bound - 1)) == 0) { // divides 2^64, whose largest multiple below it no long holds
            return value & (bound - 1);
        }
        long limit = Long.divideUnsigned(-1L, bound) * bound;
        while (Long.compareUnsigned(value, limit) >= 0) {
            value = next();
        }
        return Long.remainderUnsigned(value, bound);
    }

    /**
     * Some of the candidates, each set of them as likely, by a partial Fisher–Yates shuffle: a smaller count gives the first
     * of what a larger one gives.
     *
     * @param candidates in ascending order
     * @param count 0 to as many as there are
     * @return in the order in which they were drawn
     */
    public int[] pick(int[] candidates, int count) {
        if (count < 0 || count > candidates.length) {
            throw new IllegalArgumentException("no " + count + " of " + candidates.length);
        }
        int[] order = candidates.clone();
        for (int i = 0; i < count; i++) {
            int j = i + below(order.length - i);
            int drawn = order[j];
            order[j] = order[i];
            order[i] = drawn;
        }
        return Arrays.copyOf(order, count);
    }
}
