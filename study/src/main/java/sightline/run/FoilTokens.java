package sightline.run;

import java.util.List;

/**
 * What one answer is held against.
 *
 * @param first ids that its first token is held against, each once
 * @param whole the tokens of whole texts that the whole answer is held against, where first tokens do not tell them apart
 */
public record FoilTokens(List<Integer> first, List<List<Integer>> whole) {
    /** The likeliest other token. */
    public static final FoilTokens LIKELIEST = new FoilTokens(List.of(), List.of());

    /** @throws IllegalArgumentException if there are both */
    public FoilTokens {
        first = List.copyOf(first);
        whole = whole.stream().map(List::copyOf).toList();
        if (!first.isEmpty() && !whole.isEmpty()) {
            throw new IllegalArgumentException("foils of the first token, " + first + ", beside whole ones, " + whole);
        }
    }

    /** Whether it is the likeliest other token. */
    public boolean none() {
        return first.isEmpty() && whole.isEmpty();
    }
}
