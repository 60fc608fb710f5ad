package sightline.template;

/** Why a template cannot go on; who knows the line makes a {@link TemplateException} of it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean raised;

    Refusal(String message) {
        this(message, false);
    }

    private Refusal(String message, boolean raised) {
        super(message, null, false, false);
        this.raised = raised;
    }

    /** What {@code raise_exception} was given, on one line. */
    static Refusal raised(String message) {
        return new Refusal(oneLine(message), true);
    }

    TemplateException at(int line) {
        return new TemplateException(getMessage(), line, raised, this);
    }

    /** The same without line breaks and other control characters, which are written as escapes. */
    static String oneLine(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                out.append(c == '\n' ? "\\n" : String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** A name or text of the template in quotes, short enough for a message. */
    static String quote(String text) {
        String line = oneLine(text);
        return "'" + (line.length() > 60 ? line.substring(0, line.offsetByCodePoints(0, 50)) + "..." : line) + "'";
    }
}
