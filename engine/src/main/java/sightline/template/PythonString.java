package sightline.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** Python's rules for text where they differ from Java's: white space, code points, splitting. */
final class PythonString {
    /** What {@code str.isspace} and {@code \s} take for white space, for use in a character class. */
    static final String SPACES =
            "\\x09-\\x0d\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private PythonString() {}

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** Whether there is white space from an index on, and nothing else. */
    static boolean isBlank(String text, int from) {
        return from < text.length()
                && text.codePoints().skip(text.codePointCount(0, from)).allMatch(PythonString::isSpace);
    }

    static String strip(String text, IntPredicate unwanted) {
        return rstrip(lstrip(text, unwanted), unwanted);
    }

    static String lstrip(String text, IntPredicate unwanted) {
        int at = 0;
        while (at < text.length() && unwanted.test(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(at);
    }

    static String rstrip(String text, IntPredicate unwanted) {
        int at = text.length();
        while (at > 0 && unwanted.test(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return text.substring(0, at);
    }

    static String rstrip(String text) {
        return rstrip(text, PythonString::isSpace);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static String reverse(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        for (int i = points.length - 1; i >= 0; i--) {
            out.appendCodePoint(points[i]);
        }
        return out.toString();
    }

    /** Python orders text by code points, Java by halves of surrogate pairs. */
    static int compare(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length()) {
            int x = a.codePointAt(at);
            int y = b.codePointAt(at);
            if (x != y) {
                return Integer.compare(x, y);
            }
            at += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** {@code text.split(None, most)}: at white space, without empty parts. */
    static List<Object> splitAtSpaces(String text, long most) {
        List<Object> parts = new ArrayList<>();
        int at = skip(text, 0, true);
        while (at < text.length()) {
            if (most >= 0 && parts.size() == most) {
                parts.add(text.substring(at));
                return parts;
            }
            int end = skip(text, at, false);
            parts.add(text.substring(at, end));
            at = skip(text, end, true);
        }
        return parts;
    }

    /** {@code text.rsplit(None, most)}. */
    static List<Object> splitAtSpacesFromRight(String text, long most) {
        List<Object> parts = new ArrayList<>();
        String rest = rstrip(text);
        for (int end = rest.length(); end > 0; ) {
            if (most >= 0 && parts.size() == most) {
                parts.add(rest.substring(0, end));
                break;
            }
            int begin = end;
            while (begin > 0 && !isSpace(rest.charAt(begin - 1))) {
                begin--;
            }
            parts.add(rest.substring(begin, end));
            for (end = begin; end > 0 && isSpace(rest.charAt(end - 1)); ) {
                end--;
            }
        }
        Collections.reverse(parts);
        return parts;
    }

    private static int skip(String text, int from, boolean spaces) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at)) == spaces) {
            at++;
        }
        return at;
    }

    /** {@code text.split(separator, most)}. */
    static List<Object> split(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** {@code text.rsplit(separator, most)}. */
    static List<Object> splitFromRight(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int at = text.lastIndexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length())) {
            parts.add(text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    /** {@code text.splitlines()}. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (LINE_ENDS.indexOf(text.charAt(i)) >= 0) {
                lines.add(text.substring(from, i));
                i += text.startsWith("\r\n", i) ? 1 : 0;
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    /** How often {@code part} occurs without overlap. */
    static long count(String text, String part) {
        if (part.isEmpty()) {
            return length(text) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
