package sightline.text;

/** Text rules in which Python, the language chat templates are written for, differs from Java. */
final class PythonText {
    private PythonText() {}

    /** White space in the sense of Python's {@code str.isspace}: Java's, the no-break spaces and U+0085. */
    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }

    /** Index of the first char that is not white space; the length if there is none. */
    static int firstNonSpace(String text) {
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** One past the last char that is not white space; 0 if there is none. */
    static int endOfNonSpace(String text) {
        int at = text.length();
        while (at > 0 && isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Python's {@code str.strip()}. */
    static String strip(String text) {
        int end = endOfNonSpace(text);
        return end == 0 ? "" : text.substring(firstNonSpace(text), end);
    }
}
