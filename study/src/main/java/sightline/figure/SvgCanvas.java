package sightline.figure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Draws SVG. Text stays text, in Liberation Sans or what the reader has of that width. */
final class SvgCanvas implements FigureCanvas {
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final String FONTS = "'Liberation Sans',Arial,Helvetica,sans-serif";

    private final StringBuilder svg = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** A figure as an SVG document. */
    static String draw(Figure figure) {
        SvgCanvas canvas = new SvgCanvas();
        canvas.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\""
                        + " font-family=\"%3$s\" role=\"img\">%n<title>%4$s</title>%n",
                number(figure.width()),
                number(figure.height()),
                FONTS,
                escape(figure.title())));
        figure.draw(canvas);
        if (!canvas.open.isEmpty()) {
            throw new IllegalStateException("a part was not ended: " + canvas.open);
        }
        return canvas.svg.append("</svg>\n").toString();
    }

    @Override
    public void begin(String name, String... attributes) {
        open.push(name);
        svg.append("<g class=\"").append(escape(name)).append('"');
        for (int i = 0; i < attributes.length; i += 2) {
            svg.append(" data-")
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        svg.append(">\n");
    }

    @Override
    public void end() {
        open.pop();
        svg.append("</g>\n");
    }

    @Override
    public void polyline(double[] xs, double[] ys, int colour, double width, double opacity, double... dash) {
        svg.append("<polyline points=\"").append(points(xs, ys)).append("\" fill=\"none\" stroke=\"");
        svg.append(Palette.hex(colour))
                .append("\" stroke-width=\"")
                .append(number(width))
                .append('"');
        if (dash.length > 0) {
            svg.append(" stroke-dasharray=\"")
                    .append(number(dash[0]))
                    .append(' ')
                    .append(number(dash[1]))
                    .append('"');
        }
        opacity("stroke-opacity", opacity);
        svg.append(" stroke-linejoin=\"round\"/>\n");
    }

    @Override
    public void polygon(double[] xs, double[] ys, int colour, double opacity) {
        svg.append("<polygon points=\"")
                .append(points(xs, ys))
                .append("\" fill=\"")
                .append(Palette.hex(colour));
        svg.append('"');
        opacity("fill-opacity", opacity);
        svg.append("/>\n");
    }

    @Override
    public void circle(double x, double y, double radius, int colour) {
        svg.append("<circle cx=\"")
                .append(number(x))
                .append("\" cy=\"")
                .append(number(y))
                .append("\" r=\"");
        svg.append(number(radius))
                .append("\" fill=\"")
                .append(Palette.hex(colour))
                .append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, int colour, Anchor anchor) {
        text(text, x, y, size, bold, colour, anchor, "");
    }

    @Override
    public void textUpwards(String text, double x, double y, double size, int colour, Anchor anchor) {
        String turn = " transform=\"rotate(-90 " + number(x) + " " + number(y) + ")\"";
        text(text, x, y, size, false, colour, anchor, turn);
    }

    private void text(
            String text, double x, double y, double size, boolean bold, int colour, Anchor anchor, String more) {
        svg.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" font-size=\"");
        svg.append(number(size))
                .append("\" fill=\"")
                .append(Palette.hex(colour))
                .append('"');
        if (bold) {
            svg.append(" font-weight=\"600\"");
        }
        if (anchor != Anchor.START) {
            svg.append(" text-anchor=\"")
                    .append(anchor == Anchor.MIDDLE ? "middle" : "end")
                    .append('"');
        }
        svg.append(more).append('>').append(escape(text)).append("</text>\n");
    }

    private void opacity(String attribute, double opacity) {
        if (opacity < 1) {
            svg.append(' ')
                    .append(attribute)
                    .append("=\"")
                    .append(number(opacity))
                    .append('"');
        }
    }

    private static String points(double[] xs, double[] ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(i == 0 ? "" : " ").append(number(xs[i])).append(',').append(number(ys[i]));
        }
        return points.toString();
    }

    /** At most three decimals. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** Text in XML: characters that it cannot hold, and those that turn the direction of others, are question marks. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isText(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isText(int c) {
        boolean none = (c & 0xFFFE) == 0xFFFE; // no characters, in any plane
        return !none
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    case Character.FORMAT -> c == ZERO_WIDTH_JOINER;
                    default -> true;
                };
    }
}
