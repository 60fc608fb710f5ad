package sightline.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The functions that every template may call. */
final class Functions {
    /** Jinja2 has these as well; what they do is not in the table. */
    private static final Set<String> REFUSED = Set.of("lipsum", "cycler", "joiner", "self");

    private static final Map<String, Operation> TABLE = new TreeMap<>();

    static {
        for (Operation function : List.of(
                Operation.of("function", "range", Functions::range, "/start", "/stop?", "/step?"),
                Operation.of("function", "dict", Functions::dict, "/mapping?", "**"),
                Operation.of("function", "namespace", Functions::namespace, "/mapping?", "**"),
                Operation.of("function", "raise_exception", Functions::raise, "message"),
                Operation.of("function", "strftime_now", call -> Today.TODAY, "format"))) {
            TABLE.put(function.name(), function);
        }
    }

    private Functions() {}

    static Map<String, Operation> all() {
        return TABLE;
    }

    /** As variables. */
    static Map<String, Object> context() {
        Map<String, Object> variables = new HashMap<>();
        TABLE.forEach((name, function) -> variables.put(name, new Callable(function, None.NONE)));
        return variables;
    }

    /** Refuses a name that Jinja2 defines and this table does not. */
    static void requirePossible(String name) {
        if (REFUSED.contains(name)) {
            throw new Refusal("the name '" + name + "' is not supported here");
        }
    }

    private static Object range(Invocation call) {
        long first = whole(call, "start");
        return call.has("stop")
                ? new PyRange(first, whole(call, "stop"), call.has("step") ? whole(call, "step") : 1)
                : new PyRange(0, first, 1);
    }

    private static long whole(Invocation call, String name) {
        return call.get(name) instanceof Boolean flag ? Numbers.integer(flag) : call.integer(name, 0);
    }

    private static Object dict(Invocation call) {
        Dict made = new Dict();
        if (call.has("mapping")) {
            Dict given = mapping(call);
            given.keys().forEach(key -> made.put(key, given.get(key)));
        }
        call.named().forEach(made::put);
        return made;
    }

    private static Object namespace(Invocation call) {
        Namespace made = new Namespace();
        if (call.has("mapping")) {
            Dict given = mapping(call);
            for (Object key : given.keys()) {
                if (!(key instanceof String name)) {
                    throw new Refusal("a namespace with " + Values.type(key) + " as a name is not supported here");
                }
                made.set(name, given.get(key));
            }
        }
        call.named().forEach(made::set);
        return made;
    }

    private static Dict mapping(Invocation call) {
        if (call.get("mapping") instanceof Dict dict) {
            return dict;
        }
        throw call.badArgument("mapping");
    }

    private static Object raise(Invocation call) {
        throw Refusal.raised(Repr.str(call.get("message"), call.budget()));
    }
}
