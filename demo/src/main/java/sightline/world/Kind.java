package sightline.world;

import java.util.List;
import java.util.Optional;
import sightline.dataset.Dataset;

/**
 * A kind of question.
 *
 * @param <S> what it is asked about
 * @param name as in {@link SceneQuestion#kind()}
 * @param weight how often it is asked unless a {@link Mix} says otherwise
 */
record Kind<S>(String name, Dataset style, double weight, Maker<S> maker) {
    /** Makes up one question. */
    interface Maker<S> {
        /** Asks; empty if this scene cannot be asked so, or only with one of the answers. */
        Optional<Asked> ask(S scene, Dice dice);
    }

    /** A question with its answer; {@code choices} shuffled; {@code shownAt} as in {@link SceneQuestion}. */
    record Asked(String category, String question, String answer, List<String> choices, List<Integer> shownAt) {
        Asked(String category, String question, String answer, List<String> choices) {
            this(category, question, answer, choices, List.of());
        }

        static Optional<Asked> open(String category, String question, String answer) {
            return Optional.of(new Asked(category, question, answer, List.of()));
        }

        /** The same, answered by what is at these places. */
        Asked shownAt(List<Integer> places) {
            return new Asked(category, question, answer, choices, places);
        }
    }

    static final String YES = "Yes";
    static final String NO = "No";

    /** A question of which it is known whether it holds, and the places that tell. */
    record Claim(String question, List<Integer> shownAt) {}

    /** Yes or No with equal chance: nothing is asked of a scene that allows only one of them. */
    static Optional<Asked> fair(Dice dice, String category, List<Claim> yes, List<Claim> no) {
        if (yes.isEmpty() || no.isEmpty()) {
            return Optional.empty();
        }
        boolean right = dice.chance(0.5);
        Claim claim = dice.pick(right ? yes : no);
        return Asked.open(category, claim.question(), right ? YES : NO).map(asked -> asked.shownAt(claim.shownAt()));
    }
}
