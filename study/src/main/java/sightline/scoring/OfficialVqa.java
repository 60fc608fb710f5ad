package sightline.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import sightline.dataset.GroundTruth;

/**
 * VQA accuracy as the dataset's makers evaluate it (Antol et al. 2015, and the public evaluation code): over every nine of
 * the ten people, the share of three who gave the answer, at most 1; then the mean. What is normalised before depends on
 * the {@link Rules}.
 *
 * <p>Kept as there: full stops go at most 32 times; entries that are equal in all fields leave together.
 */
final class OfficialVqa {
    private static final Map<String, String> CONTRACTIONS = ContractionTable.of("official_contractions.json");
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final String MARKS = ";/[]\"{}()=+\\_-><@`,?!";
    private static final int MOST_STOPS = 32;
    private static final double ENOUGH = 3;

    /** Most answers are among few; the cache is emptied rather than managed. */
    private static final int CACHED = 100_000;

    /** Which version of the evaluation code. */
    enum Rules {
        /**
         * Until March 2021: the model's answer is always normalised in full; the people's answers only lose punctuation,
         * and only if they differ.
         */
        OF_2016,
        /**
         * Since commit a013f00 of March 2021: if the people's answers differ, all are normalised in full; if they do not,
         * none is. White space at the ends goes first in any case, and line breaks and tabs become blanks.
         */
        OF_2021
    }

    private final Rules rules;
    private final Map<String, String> cache = new HashMap<>();

    OfficialVqa(Rules rules) {
        this.rules = rules;
    }

    /** The accuracy, from 0 to 1; there must be a ground truth. */
    double score(String answer, List<GroundTruth> truths) {
        List<GroundTruth> begun = rules == Rules.OF_2016 ? truths : each(truths, OfficialVqa::line);
        boolean differ = begun.stream().map(GroundTruth::text).distinct().count() > 1;
        List<GroundTruth> compared = differ ? compared(begun) : begun;
        String said = rules == Rules.OF_2016 || differ ? prediction(answer) : line(answer);
        double sum = 0;
        for (GroundTruth left : compared) {
            int matches = 0;
            for (GroundTruth other : compared) {
                if (other.text().equals(said) && !other.equals(left)) {
                    matches++;
                }
            }
            sum += Math.min(1, matches / ENOUGH);
        }
        return sum / compared.size();
    }

    /** The people's answers, which differ, as they are compared. */
    List<GroundTruth> compared(List<GroundTruth> truths) {
        if (cache.size() >= CACHED) {
            cache.clear();
        }
        UnaryOperator<String> change =
                rules == Rules.OF_2016 ? OfficialVqa::withoutPunctuation : OfficialVqa::prediction;
        return each(truths, text -> cache.computeIfAbsent(text, change));
    }

    private static List<GroundTruth> each(List<GroundTruth> truths, UnaryOperator<String> change) {
        return truths.stream()
                .map(truth -> new GroundTruth(change.apply(truth.text()), truth.confidence(), truth.answerId()))
                .toList();
    }

    private static String line(String answer) {
        return PythonUnicode.strip(answer.replace('\n', ' ').replace('\t', ' '));
    }

    /** An answer normalised in full. */
    static String prediction(String answer) {
        List<String> words = new ArrayList<>();
        for (String word : PythonUnicode.split(PythonUnicode.lower(withoutPunctuation(line(answer))))) {
            String digit = word.equals("none") ? "0" : NUMBERS.contains(word) ? "" + NUMBERS.indexOf(word) : word;
            if (!ARTICLES.contains(digit)) {
                words.add(CONTRACTIONS.getOrDefault(digit, digit));
            }
        }
        return String.join(" ", words);
    }

    private static String withoutPunctuation(String text) {
        boolean comma = commaBetweenDigits(text);
        String rest = text;
        for (int i = 0; i < MARKS.length(); i++) {
            String mark = MARKS.substring(i, i + 1);
            if (rest.contains(mark)) {
                boolean gone = comma || text.contains(mark + " ") || text.contains(" " + mark);
                rest = rest.replace(mark, gone ? "" : " ");
            }
        }
        return withoutStops(rest);
    }

    private static boolean commaBetweenDigits(String text) {
        for (int i = text.indexOf(','); i >= 0; i = text.indexOf(',', i + 1)) {
            if (i > 0
                    && i + 1 < text.length()
                    && PythonUnicode.isDigit(text.codePointBefore(i))
                    && PythonUnicode.isDigit(text.codePointAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutStops(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        int gone = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean digit = i + 1 < text.length() && PythonUnicode.isDigit(text.codePointAt(i + 1));
            if (text.charAt(i) == '.' && !digit && gone < MOST_STOPS) {
                gone++;
            } else {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }
}
