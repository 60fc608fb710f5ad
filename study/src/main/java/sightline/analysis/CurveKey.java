package sightline.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What was cut.
 *
 * @param pathway its name
 * @param k window size
 * @param masking what a row read if nothing was left
 */
public record CurveKey(String pathway, int k, String masking) implements Comparable<CurveKey> {
    private static final int PUBLISHED_K = 9;

    /** The order in which pathways are read: those of the picture first. Others follow by name. */
    private static final List<String> READING =
            List.of("image_to_last", "image_to_question", "question_to_last", "last_to_last");

    public CurveKey {
        Objects.requireNonNull(pathway);
        Objects.requireNonNull(masking);
    }

    /** By masking, window size, and pathway in the order of reading. */
    @Override
    public int compareTo(CurveKey other) {
        return Comparator.comparing(CurveKey::masking)
                .thenComparing(CurveKey::k)
                .thenComparing(CurveKey::pathway, pathwayOrder())
                .compare(this, other);
    }

    /** The window size that is looked at first: the published one if it was traced, else the largest. */
    public static int usualSize(Collection<CurveKey> keys) {
        boolean published = keys.stream().anyMatch(key -> key.k() == PUBLISHED_K);
        return published
                ? PUBLISHED_K
                : keys.stream().mapToInt(CurveKey::k).max().orElse(PUBLISHED_K);
    }

    /** The order in which pathways are read. */
    public static Comparator<String> pathwayOrder() {
        return Comparator.<String>comparingInt(name -> READING.contains(name) ? READING.indexOf(name) : READING.size())
                .thenComparing(Comparator.naturalOrder());
    }
}
