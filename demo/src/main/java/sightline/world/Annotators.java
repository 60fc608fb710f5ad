package sightline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ten people who answer VQAv2's questions: they agree, but do not all write alike. */
final class Annotators {
    private static final int PEOPLE = 10;
    private static final int ALIKE = 7;
    private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five", "six");

    private Annotators() {}

    /** Ten answers, equal once scorers have normalised them; most are written alike. */
    static List<String> answers(SceneQuestion question) {
        String plain = question.answer().toLowerCase(Locale.ROOT);
        List<String> answers = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            answers.add(person < ALIKE ? plain : inOtherWords(plain, person));
        }
        return answers;
    }

    private static String inOtherWords(String plain, int person) {
        if (Character.isDigit(plain.charAt(0))) {
            return NUMBERS.get(Integer.parseInt(plain));
        }
        boolean shape = Arrays.stream(Shape.values()).anyMatch(one -> one.word().equals(plain));
        return shape && person == PEOPLE - 1
                ? "a " + plain
                : Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    }

    static String confidence(int person) {
        return person % 4 == 2 ? "maybe" : "yes";
    }

    /** How the question begins, as VQAv2 groups them. */
    static String questionType(SceneQuestion question) {
        return Arrays.stream(question.question().split(" "))
                .limit(2)
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }
}
