package sightline.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import sightline.dataset.Dataset;

/**
 * What can be got right without looking: always the most frequent answer; at least one in four with four choices, one in
 * two where the question names two.
 *
 * <p>A style's chance guesses by the kind of question, which the question's words give away.
 */
public final class Chance {
    private static final double ONE_OF_FOUR = 0.25;
    private static final double ONE_OF_TWO = 0.5;

    private Chance() {}

    /** Of each kind of question among those given, from 0 to 1. */
    public static Map<String, Double> byKind(List<Question> questions) {
        Map<String, Double> chances = new TreeMap<>();
        grouped(questions, Question::kind).forEach((kind, counted) -> chances.put(kind, counted.chance()));
        return chances;
    }

    /** Of each style among the questions given, from 0 to 1. */
    public static Map<Dataset, Double> byStyle(List<Question> questions) {
        return questions.stream()
                .collect(Collectors.groupingBy(
                        Question::style, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(), Chance::of)));
    }

    /** Of all questions given together, from 0 to 1. */
    public static double of(List<Question> questions) {
        return grouped(questions, Question::kind).values().stream()
                        .mapToDouble(counted -> counted.chance() * counted.total)
                        .sum()
                / questions.size();
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
        private double guess;

        void add(Question question) {
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
