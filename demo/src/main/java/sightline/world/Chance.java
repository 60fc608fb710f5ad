package sightline.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sightline.dataset.Dataset;

/**
 * What can be got right without looking: always the most frequent answer, and with choices at least one in four.
 *
 * <p>A style's chance guesses by the kind of question, which the question's words give away.
 */
public final class Chance {
    private static final double ONE_OF_FOUR = 0.25;

    private Chance() {}

    /** Of each kind of question among those given, from 0 to 1. */
    public static Map<String, Double> byKind(List<Question> questions) {
        Map<String, Double> chances = new TreeMap<>();
        grouped(questions, Question::kind).forEach((kind, counted) -> chances.put(kind, counted.chance()));
        return chances;
    }

    /** Of each style among the questions given, from 0 to 1. */
    public static Map<Dataset, Double> byStyle(List<Question> questions) {
        Map<Dataset, Double> chances = new TreeMap<>();
        Map<String, Counted> kinds = grouped(questions, Question::kind);
        grouped(questions, Question::style).forEach((style, all) -> {
            double right = 0;
            for (String kind : World.kinds(style)) {
                Counted counted = kinds.get(kind);
                right += counted == null ? 0 : counted.chance() * counted.total;
            }
            chances.put(style, right / all.total);
        });
        return chances;
    }

    private static <K> Map<K, Counted> grouped(List<Question> questions, Function<Question, K> by) {
        Map<K, Counted> groups = new HashMap<>();
        for (Question question : questions) {
            groups.computeIfAbsent(by.apply(question), key -> new Counted()).add(question);
        }
        return groups;
    }

    private static final class Counted {
        private final Map<String, Integer> answers = new HashMap<>();
        private int total;
        private boolean choices;

        void add(Question question) {
            answers.merge(question.answer(), 1, Integer::sum);
            choices |= !question.choices().isEmpty();
            total++;
        }

        double chance() {
            int most =
                    answers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
            return Math.max(choices ? ONE_OF_FOUR : 0, (double) most / total);
        }
    }
}
