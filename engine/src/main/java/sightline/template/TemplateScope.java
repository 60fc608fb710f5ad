package sightline.template;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The variables of one scope while it runs. */
final class TemplateScope {
    private final Symbols symbols;
    private final TemplateScope outer;
    private final Function<String, Object> context;
    private final Map<String, Object> values = new HashMap<>(); // null: undefined
    private boolean left;

    /**
     * @param outer the scope around; null for the template itself
     * @param context variables from outside and functions of the table; null for what is neither
     */
    TemplateScope(Symbols symbols, TemplateScope outer, Function<String, Object> context) {
        this.symbols = symbols;
        this.outer = outer;
        this.context = context;
    }

    TemplateScope inner(Symbols ofInner) {
        return new TemplateScope(ofInner, this, context);
    }

    /** Gives every name but the parameters its first value; a loop does so for each item. */
    void begin() {
        symbols.loads().forEach((name, load) -> {
            switch (load) {
                case CONTEXT -> values.put(name, context.apply(name));
                case OUTER -> values.put(name, outer.find(name));
                case NOTHING -> values.put(name, null);
                case PARAMETER -> {}
            }
        });
    }

    /** Its names are undefined from now on, as after a loop in Jinja2. */
    void leave() {
        values.clear();
        left = true;
    }

    boolean left() {
        return left;
    }

    Object get(String name) {
        Object value = find(name);
        return value == null ? new Undefined("the name " + Refusal.quote(name) + " is undefined") : value;
    }

    /** Null if it is undefined. */
    Object find(String name) {
        for (TemplateScope scope = this; scope != null; scope = scope.outer) {
            if (scope.symbols.loads().containsKey(name)) {
                return scope.values.get(name);
            }
        }
        throw new IllegalStateException("no scope knows " + name);
    }

    void set(String name, Object value) {
        values.put(name, value);
    }
}
