package sightline.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import sightline.dataset.Dataset;

/**
 * What can be got right without looking: always the most frequent answer to a kind of question, which the question's words
 * give away; at least one in four with four choices, one in two where the question names two.
 *
 * @param byKind from 0 to 1
 */
public record Chance(Map<String, Double> byKind) {
    private static final double ONE_OF_FOUR = 0.25;
    private static final double ONE_OF_TWO = 0.5;
    /** Enough for a thousand questions of each kind: among few, the most frequent answer seems more frequent than it is. */
    private static final int SCENES = 3000;

    public Chance {
        byKind = Map.copyOf(byKind);
    }

    /** In the demo's world. Takes seconds the first time. */
    public static Chance ofWorld() {
        return OfWorld.CHANCE;
    }

    private static final class OfWorld {
        static final Chance CHANCE = among(LongStream.range(0, SCENES)
                .mapToObj(seed -> World.questions(seed, Mix.all()))
                .flatMap(List::stream)
                .toList());
    }

    /** Among some questions. */
    static Chance among(List<SceneQuestion> questions) {
        Map<String, Counted> kinds = new HashMap<>();
        for (SceneQuestion question : questions) {
            kinds.computeIfAbsent(question.kind(), kind -> new Counted()).add(question);
        }
        Map<String, Double> chances = new TreeMap<>();
        kinds.forEach((kind, counted) -> chances.put(kind, counted.chance()));
        return new Chance(chances);
    }

    /** The share of these questions that a guesser gets right. */
    public double of(List<SceneQuestion> asked) {
        return asked.stream()
                .mapToDouble(question -> byKind.get(question.kind()))
                .average()
                .orElseThrow();
    }

    /** The same for those of one style. */
    public double of(List<SceneQuestion> asked, Dataset style) {
        return of(asked.stream().filter(question -> question.style() == style).toList());
    }

    private static final class Counted {
        private final Map<String, Integer> answers = new HashMap<>();
        private int total;
        private double guess;

        void add(SceneQuestion question) {
            answers.merge(question.answer(), 1, Integer::sum);
            if (!question.choices().isEmpty()) {
                guess = ONE_OF_FOUR;
            } else if (question.question().contains(" or ")) {
                guess = ONE_OF_TWO;
            }
            total++;
        }

        double chance() {
            int most =
                    answers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
            return Math.max(guess, (double) most / total);
        }
    }
}
