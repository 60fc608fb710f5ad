package sightline.template;

import java.util.List;
import java.util.Map;

/**
 * A call whose arguments have found their parameters.
 *
 * @param value what the filter, test or method is applied to
 * @param more arguments without a name beyond the parameters
 * @param named arguments with a name beyond the parameters
 */
record Invocation(
        Operation operation,
        Budget budget,
        Object value,
        Map<String, Object> arguments,
        List<Object> more,
        Map<String, Object> named) {

    boolean has(String name) {
        return arguments.containsKey(name);
    }

    Object get(String name, Object otherwise) {
        return arguments.getOrDefault(name, otherwise);
    }

    Object get(String name) {
        return arguments.get(name);
    }

    /** Any value's truth. */
    boolean flag(String name) {
        return has(name) && Values.truth(get(name));
    }

    String text(String name) {
        if (get(name) instanceof String text) {
            return text;
        }
        throw badArgument(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long integer(String name, long otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof Long number) {
            return number;
        }
        throw badArgument(name);
    }

    /** The value as a string that it must be. */
    String string() {
        if (value instanceof String text) {
            return text;
        }
        throw badValue();
    }

    /** The value as Jinja2's filters for text take it: anything, as it prints. */
    String printed() {
        if (value instanceof Markup) {
            throw badValue();
        }
        return Repr.str(value, budget);
    }

    /** For a value that the operation does not take here. */
    Refusal badValue() {
        return new Refusal(operation.title() + " of " + Values.type(value) + " is not supported here");
    }

    /** For an argument that the operation does not take here. */
    Refusal badArgument(String name) {
        return new Refusal(
                operation.title() + " with " + Values.type(get(name)) + " as '" + name + "' is not supported here");
    }
}
