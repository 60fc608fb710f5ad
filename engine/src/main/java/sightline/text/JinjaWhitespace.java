package sightline.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settles white space in a Jinja template before it is rendered, because jinjava does not honour all the marks that
 * published templates use.
 *
 * <p>Follows the Jinja documentation, "Whitespace Control", with {@code trim_blocks} and {@code lstrip_blocks} on, as
 * chat templates expect: a minus strips all white space on its side; a block or comment alone on its line swallows the
 * indentation before and the line break after it; a plus keeps them. One line break at the end of the template is
 * dropped. The result has no marks and no comments; text that holds a brace is written as a string expression, so that
 * stripping cannot glue a new tag together.
 */
final class JinjaWhitespace {
    private static final Pattern OPEN = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW = Pattern.compile("\\s*raw\\s*(-?)%}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder code = new StringBuilder();
    private int at;
    private boolean lineStarts = true;

    private JinjaWhitespace(String source) {
        this.source = source;
    }

    /**
     * A template after this pass.
     *
     * @param template the same template without white-space marks
     * @param code what stands in its tags, one per line if they are, strings left out, led by {@code %} for a block and a
     *     brace for an expression: to look for names in
     */
    record Settled(String template, String code) {}

    /**
     * The same template without white-space marks.
     *
     * @throws IllegalArgumentException if a tag, comment or string does not end; the message says which and where
     */
    static Settled settle(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        return new JinjaWhitespace(source).run();
    }

    private Settled run() {
        Matcher open = OPEN.matcher(source);
        while (open.find(at)) {
            int start = open.start();
            char kind = source.charAt(start + 1);
            char mark = markAt(start + 2);
            text(at, start, mark, kind != '{');
            at = start + 2 + (mark == ' ' ? 0 : 1);
            if (kind == '#') {
                comment(start);
            } else {
                Matcher raw = RAW.matcher(source).region(at, source.length());
                if (kind == '%' && raw.lookingAt()) {
                    raw(start, raw);
                } else {
                    tag(start, kind == '{' ? '}' : '%');
                }
            }
            lineStarts = at > 0 && source.charAt(at - 1) == '\n';
        }
        data(source.substring(at));
        return new Settled(out.toString(), code.toString());
    }

    private void comment(int start) {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw unclosed("comment", start);
        }
        char mark = end > at ? markAt(end - 1) : ' ';
        at = end + 2;
        after(mark, true);
    }

    private void raw(int start, Matcher raw) {
        at = raw.end();
        after(raw.group(1).isEmpty() ? ' ' : '-', false);
        Matcher end = END_RAW.matcher(source);
        if (!end.find(at)) {
            throw unclosed("raw block", start);
        }
        lineStarts = source.charAt(at - 1) == '\n';
        text(at, end.start(), mark(end.group(1)), true);
        at = end.end();
        after(mark(end.group(2)), true);
    }

    /** A block ({@code close} is the percent sign) or an expression (a brace), from {@code at} on. */
    private void tag(int start, char close) {
        int depth = 0;
        int end = at;
        while (end < source.length()) {
            char c = source.charAt(end);
            if (c == '\'' || c == '"') {
                end = endOfString(end);
                continue;
            }
            if (depth == 0 && c == close && source.startsWith("}", end + 1)) {
                finish(source.substring(at, end), close);
                return;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            end++;
        }
        throw unclosed(close == '}' ? "expression" : "block", start);
    }

    private void finish(String body, char close) {
        char mark = body.isEmpty() ? ' ' : body.charAt(body.length() - 1);
        boolean marked = mark == '-' || (close == '%' && mark == '+');
        String inner = marked ? body.substring(0, body.length() - 1) : body;
        char open = close == '}' ? '{' : '%';
        out.append('{').append(open).append(' ').append(JinjaTag.rewrite(inner));
        out.append(' ').append(close).append('}');
        code.append(open).append(JinjaTag.withoutStrings(inner)).append('\n');
        at += body.length() + 2;
        after(marked ? mark : ' ', close == '%');
    }

    private int endOfString(int start) {
        for (int i = start + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.charAt(i) == source.charAt(start)) {
                return i + 1;
            }
        }
        throw unclosed("string", start);
    }

    /** Writes text that stands before a tag opened with this mark. */
    private void text(int from, int to, char mark, boolean block) {
        String text = source.substring(from, to);
        if (mark == '-') {
            text = text.substring(0, PythonText.endOfNonSpace(text));
        } else if (mark != '+' && block) {
            int line = text.lastIndexOf('\n') + 1;
            if ((line > 0 || lineStarts) && PythonText.firstNonSpace(text.substring(line)) == text.length() - line) {
                text = text.substring(0, line);
            }
        }
        data(text);
    }

    /** Skips white space behind a tag closed with this mark. */
    private void after(char mark, boolean trims) {
        if (mark == '-') {
            at += PythonText.firstNonSpace(source.substring(at));
        } else if (mark != '+' && trims && source.startsWith("\n", at)) {
            at++;
        }
    }

    private void data(String text) {
        if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
            out.append(text);
            return;
        }
        String escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n");
        out.append("{{ '").append(escaped).append("' }}");
    }

    private char markAt(int index) {
        return index < source.length() ? mark(source.substring(index, index + 1)) : ' ';
    }

    private static char mark(String text) {
        return text.equals("-") || text.equals("+") ? text.charAt(0) : ' ';
    }

    private IllegalArgumentException unclosed(String what, int start) {
        long line =
                1 + source.substring(0, start).chars().filter(c -> c == '\n').count();
        return new IllegalArgumentException("the " + what + " that begins in line " + line + " does not end");
    }
}
