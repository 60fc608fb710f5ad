package sightline.draw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers that anyone can draw again: SplitMix64, seeded with the first 8 bytes, big-endian, of the SHA-256 of a text
 * that says what they are for. Not for several threads.
 */
public final class SeededDraws {
    private final SplittableRandom random;

    /** @param text what is drawn for, {@code sightline|boot|2026|DATASET|GROUP} for instance */
    public SeededDraws(String text) {
        random = new SplittableRandom(ByteBuffer.wrap(hash(text)).getLong());
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The SHA-256 of a text in UTF-8, as hexadecimal digits in lower case. */
    static String hex(String text) {
        return HexFormat.of().formatHex(hash(text));
    }

    /** The next 64 bits. */
    public long next() {
        return random.nextLong();
    }

    /**
     * The next number below a bound, each as likely as any other: v mod bound, after numbers v ≥ ⌊2⁶⁴/bound⌋ · bound, unsigned,
     * were passed over.
     *
     * @param bound 1 or more
     */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("a number below " + bound);
        }
        long rest = Long.remainderUnsigned(-bound, bound); // 2^64 mod bound; 0 if the bound is a power of two
        long drawn = next();
        while (rest != 0 && Long.compareUnsigned(drawn, -rest) >= 0) {
            drawn = next();
        }
        return (int) Long.remainderUnsigned(drawn, bound);
    }

    /**
     * Some of several things in the order in which they are drawn, none twice (Fisher–Yates from the front): of more, the
     * first ones are the same.
     *
     * @param count how many, at most as many as there are
     */
    public <T> List<T> pick(int count, List<T> from) {
        if (count < 0 || count > from.size()) {
            throw new IllegalArgumentException(count + " of " + from.size());
        }
        List<T> order = new ArrayList<>(from);
        for (int place = 0; place < count; place++) {
            int other = place + below(order.size() - place);
            T drawn = order.get(other);
            order.set(other, order.get(place));
            order.set(place, drawn);
        }
        return List.copyOf(order.subList(0, count));
    }
}
