package sightline.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.dataset.GroundTruth;

/**
 * VQA accuracy as the dataset's makers evaluate it (Antol et al. 2015, and the public evaluation code): over every nine of
 * the ten people, the share of three who gave the answer, at most 1; then the mean.
 *
 * <p>Kept as there: the prediction is normalised in full, the people's answers only lose punctuation, and only if they
 * differ; full stops go at most 32 times; entries that are equal in all fields leave together.
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

    private final Map<String, String> cache = new HashMap<>();

    /** The accuracy, from 0 to 1; there must be a ground truth. */
    double score(String answer, List<GroundTruth> truths) {
        String said = prediction(answer);
        List<GroundTruth> compared = compared(truths);
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

    /** The people's answers as they are compared. */
    List<GroundTruth> compared(List<GroundTruth> truths) {
        boolean differ = truths.stream().map(GroundTruth::text).distinct().count() > 1;
        if (!differ) {
            return truths;
        }
        List<GroundTruth> compared = new ArrayList<>(truths.size());
        for (GroundTruth truth : truths) {
            if (cache.size() >= CACHED) {
                cache.clear();
            }
            String text = cache.computeIfAbsent(truth.text(), OfficialVqa::withoutPunctuation);
            compared.add(new GroundTruth(text, truth.confidence(), truth.answerId()));
        }
        return compared;
    }

    /** The model's answer as it is compared. */
    static String prediction(String answer) {
        String line = PythonText.strip(answer.replace('\n', ' ').replace('\t', ' '));
        List<String> words = new ArrayList<>();
        for (String word : PythonText.split(PythonText.lower(withoutPunctuation(line)))) {
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
                    && PythonText.isDigit(text.codePointBefore(i))
                    && PythonText.isDigit(text.codePointAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutStops(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        int gone = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean digit = i + 1 < text.length() && PythonText.isDigit(text.codePointAt(i + 1));
            if (text.charAt(i) == '.' && !digit && gone < MOST_STOPS) {
                gone++;
            } else {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }
}
