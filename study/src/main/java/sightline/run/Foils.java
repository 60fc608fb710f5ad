package sightline.run;

import java.util.ArrayList;
import java.util.List;
import sightline.model.Processor;

/**
 * What the first token of every answer is held against.
 *
 * @param texts their first tokens; empty for none
 * @param choices whether it is the other choices' first tokens instead; then there are no texts
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
     * The named foils of an answer. Choices decide between themselves at their first tokens alone, so these must all be
     * different, and one must be the answer's.
     *
     * @param shown the question's choices, as they would be said
     * @return token ids, each once; empty if none are named, or one of the texts begins as the answer does, or the choices do
     *     not decide at their first tokens
     */
    public List<Integer> of(Processor processor, List<String> shown, int... answer) {
        List<Integer> first = (choices ? shown : texts)
                .stream().map(text -> processor.answerTokens(text)[0]).toList();
        List<Integer> each = new ArrayList<>(first.stream().distinct().toList());
        boolean own = each.remove((Integer) answer[0]);
        boolean usable = choices ? own && each.size() + 1 == first.size() : !own;
        return usable ? List.copyOf(each) : List.of();
    }
}
