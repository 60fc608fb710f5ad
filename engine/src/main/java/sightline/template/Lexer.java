package sightline.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sightline.template.Token.Kind;

/**
 * Cuts a template into tokens with Jinja2's rules for white space, {@code trim_blocks} and {@code lstrip_blocks} on.
 *
 * <p>Inside a tag only balanced braces let it end, so that {@code {{ {'a': {}} }}} works.
 */
final class Lexer {
    private static final int UNICODE = Pattern.DOTALL;
    private static final String SPACE = "[" + PythonString.SPACES + "]*+";
    private static final Pattern OPEN = Pattern.compile("\\{([{%#])([-+]?)");
    private static final Pattern RAW =
            Pattern.compile("\\{%([-+]?)" + SPACE + "raw" + SPACE + "(?:-%}" + SPACE + "|%})", UNICODE);
    private static final Pattern END_RAW =
            Pattern.compile("\\{%([-+]?)" + SPACE + "endraw" + SPACE + "(?:\\+%}|-%}" + SPACE + "|%}\n?)", UNICODE);
    private static final Pattern END_COMMENT = Pattern.compile("\\+#}|-#}" + SPACE + "|#}\n?");
    private static final Pattern END_TAG = Pattern.compile("\\+%}|-%}" + SPACE + "|%}\n?");
    private static final Pattern END_PRINT = Pattern.compile("-}}" + SPACE + "|}}");
    private static final Pattern WHITE = Pattern.compile("[" + PythonString.SPACES + "]++");
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)(?:\\d++_)*+\\d++(?:(?:\\.(?:\\d++_)*+\\d++)?[eE][+-]?(?:\\d++_)*+\\d++|\\.(?:\\d++_)*+\\d++)");
    private static final Pattern INTEGER = Pattern.compile(
            "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
    private static final Pattern STRING =
            Pattern.compile("'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"", UNICODE);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int counted; // up to here line breaks are in "line"
    private int line = 1;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    /**
     * All tokens, the last of them {@link Kind#END}.
     *
     * @throws TemplateException if something does not end or is no token
     */
    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        try {
            lexer.run();
        } catch (Refusal e) {
            throw e.at(lexer.line());
        }
        return lexer.tokens;
    }

    private void run() {
        Matcher open = OPEN.matcher(source);
        while (open.find(at)) {
            char kind = open.group(1).charAt(0);
            Matcher raw = RAW.matcher(source).region(open.start(), source.length());
            boolean isRaw = kind == '%' && raw.lookingAt();
            text(open.start(), isRaw ? raw.group(1) : open.group(2), kind != '{');
            int start = open.start();
            at = start;
            line();
            at = isRaw ? raw.end() : open.end();
            switch (kind) {
                case '#' -> skip(END_COMMENT, "comment", start);
                case '{' -> tag(Kind.PRINT_BEGIN, END_PRINT, Kind.PRINT_END, start);
                default -> {
                    if (isRaw) {
                        raw();
                    } else {
                        tag(Kind.TAG_BEGIN, END_TAG, Kind.TAG_END, start);
                    }
                }
            }
            lineStarts = source.charAt(at - 1) == '\n';
        }
        data(source.substring(at));
        at = source.length();
        add(Kind.END, "", null);
    }

    private void raw() {
        int start = at;
        lineStarts = source.charAt(at - 1) == '\n';
        Matcher end = END_RAW.matcher(source);
        if (!end.find(at)) {
            throw new Refusal("the raw block does not end");
        }
        text(end.start(), end.group(1), true);
        at = end.end();
        if (at <= start) {
            throw new IllegalStateException("no progress");
        }
    }

    private void skip(Pattern pattern, String what, int start) {
        Matcher end = pattern.matcher(source);
        if (!end.find(at)) {
            at = start;
            throw new Refusal("the " + what + " does not end");
        }
        at = end.end();
    }

    private void tag(Kind begin, Pattern end, Kind ending, int start) {
        add(begin, source.substring(start, at), null);
        Deque<Character> open = new ArrayDeque<>();
        while (at < source.length()) {
            if (open.isEmpty() && take(end, ending)) {
                return;
            }
            if (match(WHITE) != null || number() || take(NAME, Kind.NAME) || string()) {
                continue;
            }
            String operator = match(OPERATOR);
            if (operator == null) {
                throw new Refusal("the character " + Refusal.quote(Character.toString(source.codePointAt(at)))
                        + " does not belong into a tag");
            }
            balance(open, operator.charAt(0));
            tokens.add(new Token(Kind.OPERATOR, operator, null, line));
        }
        at = start;
        throw new Refusal("the tag " + Refusal.quote(source.substring(start, Math.min(start + 20, source.length())))
                + " does not end");
    }

    private static void balance(Deque<Character> open, char operator) {
        switch (operator) {
            case '{' -> open.push('}');
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '}', ')', ']' -> {
                if (open.isEmpty() || open.pop() != operator) {
                    throw new Refusal("'" + operator + "' closes nothing");
                }
            }
            default -> {}
        }
    }

    private boolean number() {
        String digits = match(FLOAT);
        if (digits != null) {
            double value = Double.parseDouble(digits.replace("_", ""));
            tokens.add(new Token(Kind.FLOAT, digits, Numbers.finite(value), line));
            return true;
        }
        digits = match(INTEGER);
        if (digits != null) {
            tokens.add(new Token(Kind.INTEGER, digits, Numbers.parseLiteral(digits.replace("_", "")), line));
        }
        return digits != null;
    }

    private boolean string() {
        int starts = line();
        String written = match(STRING);
        if (written != null) {
            String value = StringLiterals.unescape(written.substring(1, written.length() - 1));
            tokens.add(new Token(Kind.STRING, written, value, starts));
        }
        return written != null;
    }

    private boolean take(Pattern pattern, Kind kind) {
        int starts = line();
        String text = match(pattern);
        if (text != null) {
            tokens.add(new Token(kind, text, null, starts));
        }
        return text != null;
    }

    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        line();
        return matcher.group();
    }

    /** Text from {@code at} to a tag that opens with this mark. */
    private void text(int to, String mark, boolean block) {
        String text = source.substring(at, to);
        if (mark.equals("-")) {
            text = PythonString.rstrip(text);
        } else if (mark.isEmpty() && block) {
            int begin = text.lastIndexOf('\n') + 1;
            if ((begin > 0 || lineStarts) && PythonString.isBlank(text, begin)) {
                text = text.substring(0, begin);
            }
        }
        data(text);
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            add(Kind.DATA, text, null);
        }
    }

    private void add(Kind kind, String text, Object value) {
        tokens.add(new Token(kind, text, value, line()));
    }

    private int line() {
        for (; counted < at; counted++) {
            line += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return line;
    }
}
