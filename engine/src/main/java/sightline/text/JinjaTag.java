package sightline.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites what stands inside a Jinja tag where jinjava reads it otherwise than Jinja does.
 *
 * <p>{@code not} binds looser than comparisons and tests in Jinja and tighter in jinjava, so {@code not a is defined}
 * becomes {@code (not (a is defined))}. Braces in a row, of nested dictionaries, would end the tag and are set apart.
 */
final class JinjaTag {
    private static final Pattern PIECE =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\w+|.", Pattern.DOTALL);
    private static final Pattern WORD_IN = Pattern.compile("\\s+in\\b");
    /** What ends the operand of a {@code not} at the same depth of brackets. */
    private static final Set<String> WEAKER = Set.of("and", "or", "if", "else", ",", ":", ")", "]", "}");

    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> open = new ArrayDeque<>(); // depths at which a "not" waits for its end
    private int depth;

    private JinjaTag() {}

    /** The body of a tag, without its delimiters, as jinjava should read it. */
    static String rewrite(String body) {
        return new JinjaTag().run(body.strip());
    }

    /** The same body without its strings, to look for names in. */
    static String withoutStrings(String body) {
        return PIECE.matcher(body)
                .replaceAll(piece -> isString(piece.group()) ? "''" : Matcher.quoteReplacement(piece.group()));
    }

    private String run(String body) {
        Matcher piece = PIECE.matcher(body);
        String before = ""; // the last piece that was not white space
        while (piece.find()) {
            String text = piece.group();
            if (WEAKER.contains(text)) {
                endNots();
            }
            boolean negates = text.equals("not")
                    && !before.equals("is")
                    && !WORD_IN.matcher(body).region(piece.end(), body.length()).lookingAt();
            if (negates) {
                out.append("(not (");
                open.push(depth);
            } else {
                out.append(text).append(text.equals("{") || text.equals("}") ? " " : "");
            }
            if (text.length() == 1) {
                depth += "([{".contains(text) ? 1 : ")]}".contains(text) ? -1 : 0;
            }
            before = text.isBlank() ? before : text;
        }
        endNots();
        return out.toString();
    }

    private void endNots() {
        while (!open.isEmpty() && open.peek() == depth) {
            open.pop();
            out.append("))");
        }
    }

    private static boolean isString(String piece) {
        return piece.startsWith("'") || piece.startsWith("\"");
    }
}
