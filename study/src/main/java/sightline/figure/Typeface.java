package sightline.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Liberation Sans, from the class path: widths and outlines. The JDK's own text needs fonts that are installed, and a
 * server or a container often has none.
 */
final class Typeface {
    static final Typeface REGULAR = new Typeface("/liberation/LiberationSans-Regular.ttf");
    static final Typeface BOLD = new Typeface("/liberation/LiberationSans-Bold.ttf");

    private static final String ELLIPSIS = "…";

    private final String resource;
    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unit;

    private Typeface(String resource) {
        this.resource = resource;
        try {
            this.font = new TTFParser().parse(new RandomAccessReadBuffer(open()));
            this.glyphs = font.getUnicodeCmapLookup();
            this.unit = 1.0 / font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static Typeface of(boolean bold) {
        return bold ? BOLD : REGULAR;
    }

    /** The font's file. */
    InputStream open() {
        InputStream in = Typeface.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is missing from the class path");
        }
        return in;
    }

    /** The text as this font can show it: a question mark for what it lacks. */
    String showable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> shown.appendCodePoint(glyphs.getGlyphId(c) == 0 ? '?' : c));
        return shown.toString();
    }

    /** How wide a text is at a size. */
    double width(String text, double size) {
        double[] width = {0};
        showable(text).codePoints().forEach(c -> width[0] += advance(glyphs.getGlyphId(c)));
        return width[0] * size;
    }

    /** A text cut to a width, with an ellipsis if something was left out. */
    String fit(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + ELLIPSIS, size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /** A text's outlines, its baseline starting at the origin, y downwards. */
    Path2D outline(String text, double size) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double[] x = {0};
        showable(text).codePoints().forEach(c -> {
            int glyph = glyphs.getGlyphId(c);
            AffineTransform place = new AffineTransform(size * unit, 0, 0, -size * unit, x[0] * size, 0);
            outline.append(path(glyph).getPathIterator(place), false);
            x[0] += advance(glyph);
        });
        return outline;
    }

    private double advance(int glyph) {
        try {
            return font.getAdvanceWidth(glyph) * unit;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private Path2D path(int glyph) {
        try {
            GlyphData data = font.getGlyph().getGlyph(glyph);
            return data == null ? new Path2D.Double() : data.getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
