package sightline.run;

import java.util.List;
import sightline.error.InputException;
import sightline.files.WorkLock;

/**
 * A part of a run that one process traces. All questions about a picture are in one shard.
 *
 * @param number from 1
 * @param of how many shards there are
 */
public record Shard(int number, int of) {
    /** The whole run. */
    public static final Shard WHOLE = new Shard(1, 1);

    /** @throws InputException unless 1 ≤ number ≤ of */
    public Shard {
        if (number < 1 || of < number) {
            throw wrong(number + "/" + of);
        }
    }

    /** Reads {@code 2/8}. */
    public static Shard parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) {
                return new Shard(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(text);
    }

    private static InputException wrong(String text) {
        return new InputException(
                "--shard",
                "is '" + text + "'",
                "I/N, whole numbers with I from 1 to N",
                "For example --shard 2/8, the second of eight");
    }

    /** This shard's stretch of the list. */
    <T> List<T> of(List<T> all) {
        return all.subList((int) part(number - 1L, all.size()), (int) part(number, all.size()));
    }

    private long part(long numerator, long whole) {
        return numerator * whole / of;
    }

    /** First point of this shard's stretch of a {@link WorkLock}: shards of any number overlap as their samples do. */
    long firstPoint() {
        return part(number - 1L, WorkLock.WHOLE);
    }

    /** The point behind its stretch. */
    long endPoint() {
        return part(number, WorkLock.WHOLE);
    }

    boolean isWhole() {
        return of == 1;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return number + "/" + of;
    }
}
