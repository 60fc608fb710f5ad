package sightline.terminal;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text from outside as it may reach a terminal: categories, file names, answers and messages can hold characters that move
 * the cursor, change the title, or turn the direction of what stands behind them.
 */
public final class Visible {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LATIN = 0x100;

    /** What this program itself paints with: a colour of a pathway, and the end of it. */
    private static final Pattern PAINT = Pattern.compile("\u001b\\[(0|38;5;("
            + Stream.of(Hue.values())
                    .filter(hue -> hue != Hue.NONE)
                    .map(hue -> String.valueOf(hue.code()))
                    .collect(Collectors.joining("|"))
            + "))m");

    private Visible() {}

    /**
     * One line: line breaks and other control or formatting characters become escapes like {@code \\n}; without Unicode
     * glyphs so does everything that is not ASCII. Done twice it changes nothing more.
     */
    public static String line(String text, Glyphs glyphs) {
        return escaped(text, c -> glyphs == Glyphs.ASCII && c > '~');
    }

    /** The same for a line that this program has painted: its own colours stay, if it has any. */
    public static String painted(String text, Look look) {
        if (!look.colour()) {
            return line(text, look.glyphs());
        }
        StringBuilder line = new StringBuilder();
        Matcher paint = PAINT.matcher(text);
        int from = 0;
        while (paint.find()) {
            line.append(line(text.substring(from, paint.start()), look.glyphs()))
                    .append(paint.group());
            from = paint.end();
        }
        return line.append(line(text.substring(from), look.glyphs())).toString();
    }

    /** JSON whose text holds no such character raw; JSON's own rules allow most of them. */
    public static String json(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c > '~' && isInvisible(c)) { // below, JSON has escapes already
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String escaped(String text, IntPredicate also) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                visible.append("\\n");
            } else if (c == '\t') {
                visible.append("\\t");
            } else if (isInvisible(c) || also.test(c)) {
                visible.append(String.format(Locale.ROOT, c < LATIN ? "\\x%02x" : "\\u%04x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }
}
