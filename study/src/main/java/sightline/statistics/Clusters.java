package sightline.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which samples belong together, such as all questions about one picture. Clusters are numbered in the order of names. */
public final class Clusters {
    private final Map<String, Integer> places = new HashMap<>();

    private Clusters(Collection<String> names) {
        new TreeSet<>(names).forEach(name -> places.put(name, places.size()));
    }

    /** The clusters of these names, each as often as it comes. */
    public static Clusters of(Collection<String> names) {
        return new Clusters(names);
    }

    /** G, how many there are. */
    public int count() {
        return places.size();
    }

    /**
     * The clusters' numbers, from 0.
     *
     * @throws IllegalArgumentException if a name is none of theirs
     */
    public int[] numbers(List<String> names) {
        return names.stream()
                .mapToInt(name -> {
                    Integer place = places.get(name);
                    if (place == null) {
                        throw new IllegalArgumentException("no cluster " + name);
                    }
                    return place;
                })
                .toArray();
    }

    /** Numbers for samples that are a cluster each. */
    static int[] apart(int samples) {
        int[] numbers = new int[samples];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }
}
