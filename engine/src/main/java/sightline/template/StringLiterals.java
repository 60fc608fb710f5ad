package sightline.template;

/** What stands between the quotes of a string in a tag, read as Python reads it. */
final class StringLiterals {
    private static final String SIMPLE = "abfnrtv\\'\"";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\'\"";

    private StringLiterals() {}

    /**
     * @throws Refusal for an escape that is broken, names a character, or is half a surrogate pair
     */
    static String unescape(String written) {
        String text = escapeForeign(written);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = text.charAt(++i);
            int simple = SIMPLE.indexOf(c);
            if (simple >= 0) {
                out.append(MEANING.charAt(simple));
            } else if (c >= '0' && c <= '7') {
                int end = i;
                while (end < text.length() && end < i + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                    end++;
                }
                out.appendCodePoint(Integer.parseInt(text.substring(i, end), 8));
                i = end - 1;
            } else if (c == 'x' || c == 'u' || c == 'U') {
                int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                out.appendCodePoint(hex(text, i, digits));
                i += digits;
            } else if (c == 'N') {
                throw new Refusal("the escape '\\N' in a string is not supported here");
            } else if (c != '\n') { // a backslash before a line break removes both
                out.append('\\').append(c);
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at, int digits) {
        String written = text.substring(at + 1, Math.min(text.length(), at + 1 + digits));
        if (written.length() < digits || !written.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            throw new Refusal("the escape " + Refusal.quote("\\" + text.charAt(at) + written) + " is not complete");
        }
        long value = Long.parseLong(written, 16);
        if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
            throw new Refusal("the escape " + Refusal.quote("\\" + text.charAt(at) + written) + " is no character");
        }
        return (int) value;
    }

    /** Jinja2 writes characters beyond ASCII as escapes first, so that a backslash before one escapes that escape. */
    private static String escapeForeign(String written) {
        StringBuilder out = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < written.length(); i += Character.charCount(written.codePointAt(i))) {
            int c = written.codePointAt(i);
            if (c >= 0xd800 && c <= 0xdfff) {
                throw new Refusal("half a surrogate pair in a string");
            }
            if (escaped && c >= 128) {
                out.append('\\')
                        .append(
                                c < 0x100
                                        ? "x%02x".formatted(c)
                                        : c < 0x10000 ? "u%04x".formatted(c) : "U%08x".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
            escaped = c == '\\' && !escaped;
        }
        return out.toString();
    }
}
