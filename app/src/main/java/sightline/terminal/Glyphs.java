package sightline.terminal;

import java.nio.charset.Charset;

/** The characters that the reader's terminal can show. */
public enum Glyphs {
    /** Arrows, a true minus, bars in eighths. */
    UNICODE("→", "−", "–", "·", "…", "·▁▂▃▄▅▆▇█"),
    /** The same with characters that every terminal has; bars become digits, tens of percent. */
    ASCII("->", "-", "-", "_", "...", ".0123456789");

    private final String arrow;
    private final String minus;
    private final String dash;
    private final String space;
    private final String ellipsis;
    private final String bars;

    Glyphs(String arrow, String minus, String dash, String space, String ellipsis, String bars) {
        this.arrow = arrow;
        this.minus = minus;
        this.dash = dash;
        this.space = space;
        this.ellipsis = ellipsis;
        this.bars = bars;
    }

    /** The glyphs that an encoding can carry: all of them in any form of Unicode, otherwise ASCII alone. */
    public static Glyphs of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(UNICODE.arrow + UNICODE.bars) ? UNICODE : ASCII;
    }

    /** A pathway's name as it is read: {@code image_to_last} becomes {@code image→last}. */
    public String pathway(String name) {
        return name.replace("_to_", arrow).replaceAll("(?<=[^_])_(?=[^_])", " ");
    }

    /** The sign of a negative number. */
    String minus() {
        return minus;
    }

    /** What stands between the ends of a range. */
    String dash() {
        return dash;
    }

    /** What stands for a space at the start of a token. */
    String space() {
        return space;
    }

    /** What stands for text that was left out. */
    public String ellipsis() {
        return ellipsis;
    }

    /**
     * One cell of a bar.
     *
     * @param drop in percent of the uncut value; below 1 there is nothing to draw, 100 is a full bar
     */
    char bar(double drop) {
        int steps = bars.length() - 1;
        int step = drop < 1 ? 0 : 1 + (int) (drop / 100 * steps);
        return bars.charAt(Math.min(step, steps));
    }
}
