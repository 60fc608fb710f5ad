package sightline.terminal;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Objects;

/**
 * How the output looks: which characters, and whether in colour.
 *
 * @param glyphs the characters at hand
 * @param colour whether names and bars wear their pathway's colour
 */
public record Look(Glyphs glyphs, boolean colour) {
    /** The width of everything that is drawn, in columns. */
    public static final int WIDTH = 80;

    public Look {
        Objects.requireNonNull(glyphs);
    }

    /**
     * The look for one output stream. Colour needs a terminal that is not {@code dumb} and no {@code NO_COLOR} (which, by
     * its convention, counts only if it is not empty).
     *
     * @param charset the stream's encoding
     * @param terminal whether the stream is a terminal
     * @param environment the process's environment variables
     */
    public static Look of(Charset charset, boolean terminal, Map<String, String> environment) {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean able = terminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Look(Glyphs.of(charset), wanted && able);
    }

    /** Text in a colour, if this look has colours. */
    String paint(Hue hue, String text) {
        return colour && hue != Hue.NONE ? "\u001b[38;5;" + hue.code() + "m" + text + "\u001b[0m" : text;
    }
}
