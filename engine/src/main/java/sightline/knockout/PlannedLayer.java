package sightline.knockout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sightline.model.CrossView;
import sightline.model.SelfView;

/**
 * The live states behind one layer, and what each is computed from. Numbers of states below index the layer below, or the
 * embeddings under layer 0.
 *
 * @param cross whether this layer reads the image
 * @param source each state's own position in the layer below
 * @param positions each state's text position
 * @param selfViews what each row reads; null in a cross-attention layer
 * @param crossViews what each row reads; null in a self-attention layer
 * @param groups the states by the rows they read; empty in a cross-attention layer
 */
record PlannedLayer(
        boolean cross,
        int[] source,
        int[] positions,
        SelfView[] selfViews,
        CrossView[] crossViews,
        List<Group> groups) {
    /**
     * States that read the same rows below, each up to its own position.
     *
     * @param states which
     * @param context the state below at each position, from 0 on; −1 where no state of the group reads it
     */
    record Group(int[] states, int[] context) {}

    int size() {
        return source.length;
    }

    /** The states below whose queries a self-attention layer needs, each once, in increasing order. */
    int[] queried() {
        return Arrays.stream(source).distinct().sorted().toArray();
    }

    /** The states that ask the image in a cross-attention layer; the others read its mean or nothing. */
    int[] softmaxRows() {
        return IntStream.range(0, size())
                .filter(state -> crossViews[state].asks())
                .toArray();
    }

    /** The states that read the image's mean or nothing, by what they read. */
    Map<CrossView, int[]> constantRows() {
        Map<CrossView, int[]> rows = new LinkedHashMap<>();
        IntStream.range(0, size())
                .boxed()
                .filter(state -> !crossViews[state].asks())
                .collect(Collectors.groupingBy(state -> crossViews[state], LinkedHashMap::new, Collectors.toList()))
                .forEach((view, states) -> rows.put(
                        view, states.stream().mapToInt(Integer::intValue).toArray()));
        return rows;
    }

    /** Pairs of a state and a text position that it reads. */
    long textKeys() {
        return Arrays.stream(positions).mapToLong(position -> position + 1L).sum();
    }

    /** Pairs of a state and a vision token that it asks. */
    long visionKeys(int validTokens, int allTokens) {
        return Arrays.stream(softmaxRows())
                .mapToLong(
                        state -> crossViews[state].pattern() == CrossView.Pattern.VALID_TILES ? validTokens : allTokens)
                .sum();
    }
}
