package sightline.scoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * VQAv2 answers as the published study compares them: lower case, contractions written out, number words to digits,
 * articles dropped, full stops dropped, all other marks but apostrophe, colon and comma to blanks.
 */
final class PaperNormaliser {
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final String KEPT_MARKS = "':,";

    /** Most answers are among few; the cache is emptied rather than managed. */
    private static final int CACHED = 100_000;

    private final Map<String, String> cache = new HashMap<>();

    /**
     * Normalises an answer.
     *
     * @throws UnscorableException where the published code ends with an IndexError
     */
    String normalise(String answer) {
        String known = cache.get(answer);
        if (known != null) {
            return known;
        }
        String lower = PythonUnicode.lower(answer);
        String words = withoutArticles(NumberWords.digits(Contractions.expand(lower)));
        String normalised = String.join(" ", PythonUnicode.split(marksToBlanks(withoutStops(words))));
        if (cache.size() >= CACHED) {
            cache.clear();
        }
        cache.put(answer, normalised);
        return normalised;
    }

    private static String withoutArticles(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = Math.max(at + 1, PythonUnicode.wordEnd(text, at));
            String word = text.substring(at, end);
            if (!ARTICLES.contains(word)) {
                rest.append(word);
            }
            at = end;
        }
        return rest.toString();
    }

    /** Full stops go unless a digit stands on either side. */
    private static String withoutStops(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean before = i > 0 && PythonUnicode.isDigit(text.codePointBefore(i));
            boolean after = i + 1 < text.length() && PythonUnicode.isDigit(text.codePointAt(i + 1));
            if (text.charAt(i) != '.' || before || after) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }

    private static String marksToBlanks(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> rest.appendCodePoint(PythonUnicode.isWord(c) || KEPT_MARKS.indexOf(c) >= 0 ? c : ' '));
        return rest.toString();
    }
}
