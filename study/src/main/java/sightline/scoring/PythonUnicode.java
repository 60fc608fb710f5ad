package sightline.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Text as Python sees it: by code point, with its notions of white space, digit, word character and lower case. Java's own
 * differ in details that change scores.
 *
 * <p>Java 17 knows Unicode 13, CPython 3.11 Unicode 14: letters that came in between are the one difference left.
 */
final class PythonUnicode {
    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int CAPITAL_SIGMA = 0x3A3;
    private static final int SMALL_SIGMA = 0x3C3;
    private static final int FINAL_SIGMA = 0x3C2;

    /** Punctuation that is case-ignorable by its word break property. */
    private static final String INSIDE_WORDS =
            "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private PythonUnicode() {}

    /** {@code str.isspace}, and {@code \s} in a pattern. */
    static boolean isSpace(int c) {
        return (c >= '\t' && c <= '\r')
                || (c >= 0x1c && c <= ' ')
                || c == 0x85
                || Character.getType(c) == Character.SPACE_SEPARATOR
                || c == 0x2028
                || c == 0x2029;
    }

    /** {@code \d}. */
    static boolean isDigit(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** {@code \w}: letters, numbers of all kinds, underscore. */
    static boolean isWord(int c) {
        if (c == '_') {
            return true;
        }
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** {@code str.lower}. */
    static String lower(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < points.length; i++) {
            if (points[i] == DOTTED_CAPITAL_I) {
                lower.append('i').append('\u0307');
            } else if (points[i] == CAPITAL_SIGMA) {
                lower.appendCodePoint(isFinal(points, i) ? FINAL_SIGMA : SMALL_SIGMA);
            } else {
                lower.appendCodePoint(Character.toLowerCase(points[i]));
            }
        }
        return lower.toString();
    }

    /** The Unicode standard's Final_Sigma (section 3.13): a cased letter before it, none after it. */
    private static boolean isFinal(int[] points, int sigma) {
        int before = sigma - 1;
        while (before >= 0 && isCaseIgnorable(points[before])) {
            before--;
        }
        int after = sigma + 1;
        while (after < points.length && isCaseIgnorable(points[after])) {
            after++;
        }
        return before >= 0 && isCased(points[before]) && !(after < points.length && isCased(points[after]));
    }

    private static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    private static boolean isCaseIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> INSIDE_WORDS.indexOf(c) >= 0;
        };
    }

    /** {@code str.split()}. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) { // white space lies in the basic plane
            boolean space = isSpace(text.charAt(i));
            if (space && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }

    /** {@code str.strip()}. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether a word character begins at an index. */
    static boolean wordAt(String text, int index) {
        return index < text.length() && isWord(text.codePointAt(index));
    }

    /** Whether a word character ends before an index. */
    static boolean wordBefore(String text, int index) {
        return index > 0 && isWord(text.codePointBefore(index));
    }

    /** Where the word that begins at an index ends. */
    static int wordEnd(String text, int index) {
        int end = index;
        while (wordAt(text, end)) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }
}
