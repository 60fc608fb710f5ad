package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;

/** Nobody gets far who reads only the question. */
class BalanceTest {
    private static final int SEEN = 3000;
    private static final int UNSEEN = 1500;

    private static List<SceneQuestion> seen;
    private static List<SceneQuestion> unseen;

    @BeforeAll
    static void ask() {
        seen = questions(0, SEEN);
        unseen = questions(1_000_000, UNSEEN);
    }

    private static List<SceneQuestion> questions(long from, int scenes) {
        return Stream.iterate(from, seed -> seed + 1)
                .limit(scenes)
                .flatMap(seed -> World.questions(seed, Mix.all()).stream())
                .toList();
    }

    @Test
    void answersAreEven() {
        Map<String, Double> chance = Chance.among(seen).byKind();
        assertThat(chance).hasSize(World.kinds().size());
        Map<String, List<SceneQuestion>> kinds = seen.stream().collect(Collectors.groupingBy(SceneQuestion::kind));
        chance.forEach((kind, most) -> {
            boolean yesNo = kinds.get(kind).stream()
                    .allMatch(question -> List.of("Yes", "No").contains(question.answer()));
            double few = kind.equals("who_beside") ? 0.4 : 0.36; // one of three
            assertThat(most).as(kind).isLessThan(yesNo || kind.equals("doc_dearer") ? 0.57 : few);
        });
    }

    private static Map<String, Map<String, Integer>> answersByWords() {
        Map<String, Map<String, Integer>> answers = new HashMap<>();
        for (SceneQuestion question : seen) {
            for (String words : List.of(question.kind(), question.kind() + question.question())) {
                answers.computeIfAbsent(words, key -> new HashMap<>()).merge(question.answer(), 1, Integer::sum);
            }
        }
        return answers;
    }

    /** Guesses the answer that the same words had most often before, the kind's most frequent for words never seen. */
    @Test
    void theWordsOfAQuestionTellLittle() {
        Map<String, Map<String, Integer>> answers = answersByWords();
        Chance chance = Chance.among(seen);
        for (Dataset style : Dataset.values()) {
            List<SceneQuestion> asked = unseen.stream()
                    .filter(question -> question.style() == style)
                    .toList();
            double right = 0;
            for (SceneQuestion question : asked) {
                right += guess(answers, question).equals(question.answer()) ? 1 : 0;
            }
            assertThat(right / asked.size()).as(style.toString()).isLessThan(chance.of(asked, style) + 0.06);
        }
        assertThat(chance.of(unseen, Dataset.VQAV2)).isLessThan(0.4);
        assertThat(chance.of(unseen, Dataset.VISUAL7W)).isBetween(0.25, 0.3);
        assertThat(chance.of(unseen, Dataset.DOCVQA)).isLessThan(0.25);
    }

    /** As above, kind by kind: a kind that gives itself away must not hide among others. */
    @Test
    void theWordsOfNoKindTellMuch() {
        Map<String, Map<String, Integer>> answers = answersByWords();
        Map<String, Double> chance = Chance.among(seen).byKind();
        Map<String, List<SceneQuestion>> kinds = unseen.stream().collect(Collectors.groupingBy(SceneQuestion::kind));
        kinds.forEach((kind, asked) -> {
            double right = asked.stream()
                            .filter(question -> guess(answers, question).equals(question.answer()))
                            .count()
                    / (double) asked.size();
            double spread = 3 * Math.sqrt(0.25 / asked.size());
            assertThat(right).as(kind + " of " + asked.size()).isLessThan(chance.get(kind) + 0.1 + spread);
        });
    }

    /** Among the choices where there are some. */
    private static String guess(Map<String, Map<String, Integer>> answers, SceneQuestion question) {
        Map<String, Integer> byWords = answers.getOrDefault(question.kind() + question.question(), Map.of());
        Map<String, Integer> byKind = answers.getOrDefault(question.kind(), Map.of());
        List<String> candidates = new ArrayList<>(
                question.choices().isEmpty() ? (byWords.isEmpty() ? byKind : byWords).keySet() : question.choices());
        candidates.sort((one, other) -> {
            int more = byWords.getOrDefault(other, 0) - byWords.getOrDefault(one, 0);
            return more != 0 ? more : byKind.getOrDefault(other, 0) - byKind.getOrDefault(one, 0);
        });
        return candidates.get(0);
    }

    @Test
    void theRightChoiceStandsAnywhere() {
        Map<Integer, Integer> places = new HashMap<>();
        for (SceneQuestion question : seen) {
            if (!question.choices().isEmpty()) {
                places.merge(question.choices().indexOf(question.answer()), 1, Integer::sum);
            }
        }
        int all = places.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(places.values()).hasSize(4).allMatch(count -> Math.abs((double) count / all - 0.25) < 0.02);
    }

    @Test
    void chanceIsTheMostFrequentAnswer() {
        SceneQuestion yes =
                new SceneQuestion(Dataset.VQAV2, "place_is", "a?", List.of(), "Yes", List.of("yes_no"), List.of());
        SceneQuestion no =
                new SceneQuestion(Dataset.VQAV2, "place_is", "b?", List.of(), "No", List.of("yes_no"), List.of());
        SceneQuestion one =
                new SceneQuestion(Dataset.VQAV2, "count_all", "c?", List.of(), "1", List.of("number"), List.of());
        List<SceneQuestion> asked = List.of(yes, no, no, no, one, one, one, one);
        Chance chance = Chance.among(asked);
        assertThat(chance.byKind()).isEqualTo(Map.of("place_is", 0.75, "count_all", 1.0));
        assertThat(chance.of(asked, Dataset.VQAV2)).isEqualTo(7.0 / 8);
    }
}
