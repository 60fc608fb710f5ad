package sightline.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Text in columns of a terminal: some characters take two, some none. */
final class TextWidth {
    private TextWidth() {}

    /** How many columns a text takes. */
    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** The text with spaces behind it, up to a width; longer text stays as it is. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text with spaces before it, up to a width; longer text stays as it is. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** The text cut to a width, with an ellipsis if something was left out. */
    static String fit(String text, int width, Glyphs glyphs) {
        if (width(text) <= width) {
            return text;
        }
        int room = width - width(glyphs.ellipsis());
        return text.substring(0, end(text, room)) + glyphs.ellipsis();
    }

    /**
     * The text in lines of a width, broken at spaces where there are any; what does not fit into the lines is left out and
     * an ellipsis stands for it.
     */
    static List<String> wrap(String text, int width, int lines, Glyphs glyphs) {
        List<String> wrapped = new ArrayList<>();
        String rest = text;
        while (wrapped.size() < lines - 1 && width(rest) > width) {
            int end = end(rest, width);
            int space = rest.lastIndexOf(' ', end);
            int stop = space > 0 ? space : end;
            wrapped.add(rest.substring(0, stop));
            rest = rest.substring(stop).stripLeading();
        }
        wrapped.add(fit(rest, width, glyphs));
        return wrapped;
    }

    /** How many chars of a text fit into a width; never half of a surrogate pair, and at least one character. */
    private static int end(String text, int width) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            used += Math.max(0, WCWidth.wcwidth(c));
            if (used > width && at > 0) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }
}
