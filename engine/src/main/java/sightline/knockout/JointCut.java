package sightline.knockout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Several interventions at once: of cuts, the union of their edges. */
public final class JointCut {
    /** Pathways of which all subsets are cut, in this order, unless told otherwise. */
    public static final List<String> PATHWAYS = List.of("image_to_question", "image_to_last", "question_to_last");

    private static final String WITH = "+";

    private JointCut() {}

    /**
     * All of these at once; one alone is itself.
     *
     * @param parts at least one
     */
    public static Intervention of(List<Intervention> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Set<Masking> maskings = EnumSet.allOf(Masking.class);
        parts.forEach(part -> maskings.retainAll(part.maskings()));
        return new Intervention(
                name(parts.stream().map(Intervention::name).toList()),
                parts.stream().flatMap(part -> part.acts().stream()).toList(),
                maskings);
    }

    /** As in results: {@code image_to_question+image_to_last}. */
    public static String name(List<String> parts) {
        return parts.stream().collect(Collectors.joining(WITH));
    }

    /** The parts of a name in results. */
    public static List<String> parts(String name) {
        return List.of(name.split("\\+", -1));
    }

    /**
     * Every subset but the empty one, which is the baseline: smaller ones first, and among equals in the order given.
     *
     * @param parts different ones, at most 10
     * @throws IllegalArgumentException if there are more, or one comes twice
     */
    public static <T> List<List<T>> subsets(List<T> parts) {
        if (parts.size() > 10 || Set.copyOf(parts).size() < parts.size()) {
            throw new IllegalArgumentException("all subsets of " + parts + ", expected at most 10 that differ");
        }
        List<List<T>> subsets = new ArrayList<>();
        for (int size = 1; size <= parts.size(); size++) {
            add(subsets, parts, size, 0, List.of());
        }
        return subsets;
    }

    /**
     * Every subset, the empty one too: bit i of its index says whether it holds the i-th part.
     *
     * @param parts different ones, at most 10
     */
    public static <T> List<List<T>> byBits(List<T> parts) {
        List<List<T>> all = new ArrayList<>(List.of(List.of()));
        all.addAll(subsets(parts));
        all.sort(Comparator.comparingInt(subset ->
                subset.stream().mapToInt(part -> 1 << parts.indexOf(part)).sum()));
        return all;
    }

    private static <T> void add(List<List<T>> subsets, List<T> parts, int size, int from, List<T> chosen) {
        if (chosen.size() == size) {
            subsets.add(chosen);
            return;
        }
        for (int next = from; next < parts.size(); next++) {
            List<T> more = new ArrayList<>(chosen);
            more.add(parts.get(next));
            add(subsets, parts, size, next + 1, List.copyOf(more));
        }
    }
}
