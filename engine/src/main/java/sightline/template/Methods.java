package sightline.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The methods of Python's types that a template may call, and the names of those that it may not. */
final class Methods {
    static final List<String> TYPES = List.of("str", "dict", "list", "tuple");

    private static final Map<String, Map<String, Operation>> TABLE = new TreeMap<>();

    /** All that Python's types have beside the table; a template must not take one for an entry that is not there. */
    private static final Map<String, Set<String>> PYTHON = Map.of(
            "str",
            Set.of(
                    ("casefold encode expandtabs format_map isascii isidentifier isprintable maketrans swapcase translate"
                                    + " istitle")
                            .split(" ")),
            "dict",
            Set.of("clear fromkeys pop popitem setdefault update".split(" ")),
            "list",
            Set.of("append clear extend insert pop remove reverse sort".split(" ")),
            "tuple",
            Set.of(),
            "number",
            Set.of(
                    ("as_integer_ratio bit_count bit_length conjugate denominator from_bytes from_number fromhex hex imag"
                                    + " is_integer numerator real to_bytes")
                            .split(" ")));

    static {
        TYPES.forEach(type -> TABLE.put(type, new TreeMap<>()));
        TextMethods.ALL.forEach(method -> TABLE.get("str").put(method.name(), method));
        for (Operation method : List.of(
                Operation.of("dict", "get", Methods::get, "/key", "/default?"),
                Operation.of(
                        "dict",
                        "items",
                        call -> new View("items", dict(call), dict(call).items())),
                Operation.of(
                        "dict",
                        "keys",
                        call -> new View("keys", dict(call), dict(call).keys())),
                Operation.of(
                        "dict",
                        "values",
                        call -> new View("values", dict(call), dict(call).values())),
                Operation.of("dict", "copy", call -> call.value()),
                Operation.of("list", "copy", call -> call.value()),
                Operation.of("list", "count", Methods::count, "/value"),
                Operation.of("list", "index", Methods::index, "/value"),
                Operation.of("tuple", "count", Methods::count, "/value"),
                Operation.of("tuple", "index", Methods::index, "/value"))) {
            TABLE.get(method.kind()).put(method.name(), method);
        }
    }

    private Methods() {}

    /** Those of a type, by name. */
    static Map<String, Operation> of(String type) {
        return TABLE.getOrDefault(type, Map.of());
    }

    /** Python's name of a value's type; {@code number} for all of those, and {@code none}. */
    static String type(Object value) {
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof Dict) {
            return "dict";
        }
        if (value instanceof List) {
            return "list";
        }
        return value instanceof Tuple ? "tuple" : Numbers.isNumber(value) ? "number" : "none";
    }

    /** Whether Python has an attribute of this name that is not in the table. */
    static boolean isPython(String type, String name) {
        return PYTHON.getOrDefault(type, Set.of()).contains(name);
    }

    /** Refuses the call of a method that Python has and no type's table. */
    static void requirePossible(String name) {
        boolean known = TABLE.values().stream().anyMatch(methods -> methods.containsKey(name));
        if (!known) {
            PYTHON.forEach((type, names) -> {
                if (names.contains(name)) {
                    throw new Refusal("the " + type + " method '" + name + "' is not supported here");
                }
            });
        }
    }

    private static Dict dict(Invocation call) {
        return (Dict) call.value();
    }

    private static Object get(Invocation call) {
        Object value = dict(call).get(call.get("key"));
        return value == null ? call.get("default", None.NONE) : value;
    }

    private static List<Object> sequence(Invocation call) {
        return call.value() instanceof Tuple tuple ? tuple.items() : Values.objects((List<?>) call.value());
    }

    private static Object count(Invocation call) {
        return sequence(call).stream()
                .filter(item -> Comparison.equal(item, call.get("value"), call.budget()))
                .count();
    }

    private static Object index(Invocation call) {
        List<Object> items = sequence(call);
        for (int i = 0; i < items.size(); i++) {
            if (Comparison.equal(items.get(i), call.get("value"), call.budget())) {
                return (long) i;
            }
        }
        throw new Refusal(call.operation().title() + " does not find its value");
    }
}
