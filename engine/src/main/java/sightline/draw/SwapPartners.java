package sightline.draw;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Another picture for each picture of a dataset: the next one of another cluster in the circle of all its pictures, sorted by
 * hash. Which one it is does not depend on the order of the samples, nor on which of them are traced.
 */
public final class SwapPartners {
    private final Map<String, String> partners = new TreeMap<>();

    /**
     * The partners of pictures.
     *
     * @param pictures file names of all of the dataset
     * @param cluster what pictures that belong together have in common, pages of one document for instance
     */
    public SwapPartners(Collection<String> pictures, Function<String, String> cluster) {
        List<String> circle = pictures.stream()
                .distinct()
                .sorted(Comparator.comparing(SwapPartners::hash))
                .toList();
        int size = circle.size();
        int[] next = new int[2 * size]; // the next place of another cluster, in two rounds
        for (int place = 2 * size - 2; place >= 0; place--) {
            boolean same =
                    cluster.apply(circle.get(place % size)).equals(cluster.apply(circle.get((place + 1) % size)));
            next[place] = same ? next[place + 1] : place + 1;
        }
        for (int place = 0; place < size; place++) {
            if (next[place] > 0) { // else all are of one cluster
                partners.put(circle.get(place), circle.get(next[place] % size));
            }
        }
    }

    private static String hash(String picture) {
        return SeededDraws.hex("sightline|swap|2026|" + picture);
    }

    /** A picture's partner; empty if all pictures are of one cluster. */
    public Optional<String> of(String picture) {
        return Optional.ofNullable(partners.get(picture));
    }
}
