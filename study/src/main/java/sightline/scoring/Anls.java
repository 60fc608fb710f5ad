package sightline.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Average normalised Levenshtein similarity (Biten et al. 2019, equation 1), of one answer. */
final class Anls {
    private static final double THRESHOLD = 0.5;
    private static final int WRITTEN_DIGITS = 4;

    private Anls() {}

    /** As the published study has it: nothing is trimmed, and only similarities above 0.5 count. */
    static double paper(String answer, List<String> truths) {
        double best = 0;
        int[] said = points(PythonUnicode.lower(answer));
        for (String truth : truths) {
            int[] right = points(PythonUnicode.lower(truth));
            int longer = Math.max(said.length, right.length);
            double similarity = longer == 0 ? 1 : 1 - (double) distance(said, right) / longer;
            best = Math.max(best, similarity > THRESHOLD ? similarity : 0);
        }
        return best;
    }

    /**
     * As the challenge's evaluation has it: white space counts once and not at the ends, while the length is that of the
     * text as it came; similarities from 0.5 on count.
     */
    static double official(String answer, List<String> truths) {
        double least = Double.POSITIVE_INFINITY;
        int[] said = points(spaced(answer));
        for (String truth : truths) {
            int longer = Math.max(upperLength(answer), upperLength(truth));
            double d = longer == 0 ? 0 : (double) distance(said, points(spaced(truth))) / longer;
            least = Math.min(least, d);
        }
        double similarity = 1 - least;
        return similarity < THRESHOLD ? 0 : similarity;
    }

    /** Python's {@code round(score, 4)}: of the exact binary value, ties to even. */
    static double written(double score) {
        return new BigDecimal(score)
                .setScale(WRITTEN_DIGITS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private static String spaced(String text) {
        return String.join(" ", PythonUnicode.split(PythonUnicode.lower(text)));
    }

    private static int upperLength(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.codePointCount(0, upper.length());
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    /** Levenshtein's distance; what both begin and end with costs nothing. */
    static int distance(int[] a, int[] b) {
        int start = 0;
        while (start < Math.min(a.length, b.length) && a[start] == b[start]) {
            start++;
        }
        int endA = a.length;
        int endB = b.length;
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1]) {
            endA--;
            endB--;
        }
        int[] row = new int[endB - start + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = start; i < endA; i++) {
            int diagonal = row[0];
            row[0] = i - start + 1;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a[i] == b[start + j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
