package sightline.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A chat template that has been read. May be used by several threads. */
public final class Template {
    private final List<Statement> statements;
    private final Scoping scoping;

    private Template(List<Statement> statements) {
        this.statements = statements;
        this.scoping = new Scoping(statements);
    }

    /**
     * Reads a template's source.
     *
     * @throws TemplateException if it breaks Jinja's rules or uses what {@link Constructs} does not allow
     */
    public static Template parse(String source) {
        try {
            return new Template(StatementParser.parse(Lexer.tokens(source)));
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /** The names that it takes from outside: variables, and functions such as {@code range}. */
    public Set<String> variables() {
        return scoping.fromContext();
    }

    /**
     * What it prints.
     *
     * @param variables by name: strings, numbers, booleans, null, and lists and maps of these
     * @throws TemplateException if it raises an exception, or does what Jinja2 would refuse or what is not known to be
     *     the same here
     * @throws IllegalArgumentException for a variable of another kind
     */
    public String render(Map<String, Object> variables) {
        try {
            return Interpreter.render(statements, scoping, variables);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private static TemplateException tooDeep(StackOverflowError e) {
        return new TemplateException("it nests too deeply", 1, false, e);
    }
}
