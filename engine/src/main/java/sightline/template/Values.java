package sightline.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Python's values: String, Long, Double, Boolean, {@link None}, List, {@link Tuple}, {@link Dict}, {@link Undefined} and
 * the rarer ones of this package. Never null.
 */
final class Values {
    private static final int MOST_DEPTH = 200;

    private Values() {}

    /** A value of the caller's as one of Python's. */
    static Object of(Object value) {
        return of(value, 0);
    }

    private static Object of(Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw new Refusal("a variable nests more than " + MOST_DEPTH + " levels deep");
        }
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return Numbers.finite(((Number) value).doubleValue());
        }
        if (value instanceof Collection<?> items) {
            List<Object> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(of(item, depth + 1)));
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            Dict dict = new Dict();
            map.forEach((key, item) -> dict.put(of(key, depth + 1), of(item, depth + 1)));
            return dict;
        }
        throw new IllegalArgumentException("no value for a template: " + value.getClass());
    }

    /** For messages: {@code a string}. */
    static String type(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof Long) {
            return "a whole number";
        }
        if (value instanceof Double) {
            return "a float";
        }
        if (value == None.NONE) {
            return "none";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof Undefined) {
            return "an undefined value";
        }
        if (value == Today.TODAY) {
            return "today's date from 'strftime_now'";
        }
        Map<Class<?>, String> names = new LinkedHashMap<>();
        names.put(Tuple.class, "a tuple");
        names.put(Dict.class, "a mapping");
        names.put(View.class, "a view of a mapping");
        names.put(PyRange.class, "a range");
        names.put(Lazy.class, "a generator");
        names.put(Markup.class, "escaped or safe text");
        names.put(Namespace.class, "a namespace");
        names.put(Callable.class, "a function");
        names.put(Macro.class, "a macro");
        names.put(Loop.class, "'loop'");
        return names.getOrDefault(value.getClass(), "an expression");
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value == None.NONE) {
            return false;
        }
        if (value instanceof Lazy
                || value instanceof Namespace
                || value instanceof Callable
                || value instanceof Macro) {
            return true;
        }
        return length(value, "the truth of ") > 0;
    }

    /**
     * Python's {@code len}.
     *
     * @throws Refusal if it has none
     */
    static long length(Object value, String what) {
        if (value instanceof String text) {
            return PythonString.length(text);
        }
        if (value instanceof Markup markup) {
            return PythonString.length(markup.text());
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Tuple tuple) {
            return tuple.items().size();
        }
        if (value instanceof Dict dict) {
            return dict.size();
        }
        if (value instanceof View view) {
            return view.items().size();
        }
        if (value instanceof PyRange range) {
            return range.size();
        }
        if (value instanceof Loop loop) {
            return loop.length();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new Refusal(what + type(value) + " is not supported here");
    }

    /** How much memory a result takes, roughly, in characters. */
    static long size(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Long || value instanceof Boolean || value instanceof Double) {
            return 1;
        }
        return value instanceof List<?> list ? 4L * list.size() : 1;
    }

    /** Whether Python can iterate over it. */
    static boolean isIterable(Object value) {
        return value instanceof String
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof View
                || value instanceof PyRange
                || value instanceof Lazy
                || value instanceof Undefined
                || value instanceof Markup
                || value instanceof Loop;
    }

    /**
     * The items of something iterable.
     *
     * @throws Refusal if it is not
     */
    static Iterator<Object> iterate(Object value) {
        if (value instanceof String text) {
            return text.codePoints().<Object>mapToObj(Character::toString).iterator();
        }
        if (value instanceof List<?> list) {
            return objects(list).iterator();
        }
        if (value instanceof Tuple tuple) {
            return tuple.items().iterator();
        }
        if (value instanceof Dict dict) {
            return dict.keys().iterator();
        }
        if (value instanceof View view) {
            return view.items().iterator();
        }
        if (value instanceof PyRange range) {
            return range.iterator();
        }
        if (value instanceof Lazy lazy) {
            return lazy.items();
        }
        if (value instanceof Undefined) {
            return List.of().iterator();
        }
        throw new Refusal("to go through " + type(value) + " is not supported here");
    }

    /** All items of something iterable. */
    static List<Object> list(Object value, Budget budget) {
        List<Object> items = new ArrayList<>();
        for (Iterator<Object> i = iterate(value); i.hasNext(); ) {
            budget.charge(4);
            items.add(i.next());
        }
        return items;
    }

    /** A list's items; every list in this package holds values of it. */
    @SuppressWarnings("unchecked")
    static List<Object> objects(List<?> list) {
        return (List<Object>) list;
    }
}
