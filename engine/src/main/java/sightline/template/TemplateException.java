package sightline.template;

/**
 * A template that cannot be used: it breaks Jinja's rules, uses what is not allowed here, or raised an exception itself.
 *
 * <p>The message is one clause on one line, without the line number.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean raised;

    TemplateException(String message, int line, boolean raised, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.raised = raised;
    }

    /** The template's line, from 1. */
    public int line() {
        return line;
    }

    /** Whether the template itself said this, with {@code raise_exception}. */
    public boolean raised() {
        return raised;
    }
}
