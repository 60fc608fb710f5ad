package sightline.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Number words to digits as the published study has them: a phrase begins with any number word but goes on only with those
 * up to ninety, and the package {@code word2number} 1.1 makes a number of it by position, not by meaning ("nineteen ninety
 * five" is 19 × 90 + 5).
 */
final class NumberWords {
    private static final Map<String, Long> SMALL = small();
    private static final Map<String, Long> SCALES =
            Map.of("thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);
    private static final String HUNDRED = "hundred";
    private static final long HUNDRED_VALUE = 100;

    /** A number word for the published pattern, but not for the package. */
    private static final String TRILLION = "trillion";

    private static final Set<String> FIRST = first();

    private NumberWords() {}

    private static Map<String, Long> small() {
        String[] ones = {
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen"
        };
        String[] tens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
        Map<String, Long> words = new HashMap<>();
        for (int i = 0; i < ones.length; i++) {
            words.put(ones[i], (long) i);
        }
        for (int i = 0; i < tens.length; i++) {
            words.put(tens[i], 10L * (i + 2));
        }
        return words;
    }

    private static Set<String> first() {
        Set<String> words = new HashSet<>(SMALL.keySet());
        words.addAll(SCALES.keySet());
        words.add(HUNDRED);
        words.add(TRILLION);
        return words;
    }

    /**
     * Replaces the number words of a lower-case text.
     *
     * @throws UnscorableException where the published code ends with an IndexError
     */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = PythonUnicode.wordEnd(text, at);
            if (end == at) {
                digits.append(text.charAt(at)); // a surrogate pair comes as its two halves
                at++;
                continue;
            }
            List<String> phrase = new ArrayList<>();
            String word = text.substring(at, end);
            if (FIRST.contains(word)) {
                phrase.add(word);
                end = rest(text, end, phrase);
            }
            String number = number(phrase);
            digits.append(number.isEmpty() ? text.substring(at, end) : number);
            at = end;
        }
        return digits.toString();
    }

    /** Adds the words that go on after an index; returns where the phrase ends. */
    private static int rest(String text, int from, List<String> phrase) {
        int end = from;
        while (end < text.length() && (text.charAt(end) == '-' || PythonUnicode.isSpace(text.charAt(end)))) {
            int next = PythonUnicode.wordEnd(text, end + 1);
            String word = text.substring(end + 1, next);
            if (!SMALL.containsKey(word)) {
                break;
            }
            phrase.add(word);
            end = next;
        }
        return end;
    }

    private static String number(List<String> phrase) {
        List<Long> numbers = new ArrayList<>();
        for (String word : phrase) {
            if (SCALES.containsKey(word)) {
                if (phrase.size() > 1) {
                    throw new UnscorableException("\"" + word + "\" before a smaller number word (IndexError)");
                }
                numbers.add(SCALES.get(word));
            } else if (!word.equals(TRILLION)) {
                numbers.add(word.equals(HUNDRED) ? Long.valueOf(HUNDRED_VALUE) : SMALL.get(word));
            }
        }
        return numbers.isEmpty() ? "" : String.valueOf(value(numbers));
    }

    private static long value(List<Long> numbers) {
        return switch (numbers.size()) {
            case 2 ->
                numbers.contains(HUNDRED_VALUE) ? numbers.get(0) * numbers.get(1) : numbers.get(0) + numbers.get(1);
            case 3 -> numbers.get(0) * numbers.get(1) + numbers.get(2);
            case 4 -> numbers.get(0) * numbers.get(1) + numbers.get(2) + numbers.get(3);
            default -> numbers.get(0);
        };
    }
}
