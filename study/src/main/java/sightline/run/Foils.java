package sightline.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sightline.model.Processor;

/**
 * What every answer is held against: its first token, or, where that does not tell them apart, the whole of it.
 *
 * @param texts these; empty for none
 * @param choices whether it is the other choices instead; then there are no texts
 */
public record Foils(List<String> texts, boolean choices) {
    /** The likeliest other token of each answer. */
    public static final Foils LIKELIEST = new Foils(List.of(), false);

    /** @throws IllegalArgumentException if both are asked for */
    public Foils {
        texts = List.copyOf(texts);
        if (choices && !texts.isEmpty()) {
            throw new IllegalArgumentException("foils " + texts + " beside those of choices");
        }
    }

    /** Whether they are named, be it by choices: not the likeliest other token of each answer. */
    public boolean named() {
        return choices || !texts.isEmpty();
    }

    /**
     * The named foils of an answer: first tokens where these tell the answer from all of them, else whole texts.
     *
     * @param shown the question's choices, as they would be said
     * @return none if none are named, or they do not apply: no choice is the answer, a text is
     */
    public FoilTokens of(Processor processor, List<String> shown, int... answer) {
        List<List<Integer>> all = (choices ? shown : texts)
                .stream()
                        .map(text -> Arrays.stream(processor.answerTokens(text))
                                .boxed()
                                .toList())
                        .toList();
        List<Integer> first =
                new ArrayList<>(all.stream().map(text -> text.get(0)).distinct().toList());
        boolean own = first.remove((Integer) answer[0]);
        if (choices ? own && first.size() + 1 == all.size() : !own) {
            return new FoilTokens(first, List.of());
        }
        List<List<Integer>> whole = new ArrayList<>(all.stream().distinct().toList());
        boolean said = whole.remove(Arrays.stream(answer).boxed().toList());
        return said == choices ? new FoilTokens(List.of(), whole) : FoilTokens.LIKELIEST;
    }
}
