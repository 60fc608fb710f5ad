package sightline.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** What stands behind a dot or in brackets, looked up in the order of Jinja2's sandbox. */
final class Members {
    private Members() {}

    /** {@code of.name}: an attribute, else an item. */
    static Object attribute(Object of, String name) {
        requireUsable(of, name);
        Object own = own(of, name);
        if (own != null) {
            return own;
        }
        Object item = of instanceof Dict dict ? dict.get(name) : null;
        return item == null ? missing(of, name) : item;
    }

    /** {@code of[key]}: an item, else an attribute. */
    static Object item(Object of, Object key, Budget budget) {
        if (of instanceof Undefined || of == Today.TODAY || of instanceof Markup || key == Today.TODAY) {
            requireUsable(key == Today.TODAY ? key : of, "[]");
        }
        Object item = null;
        if (of instanceof Dict dict) {
            item = Dict.isHashable(key) ? dict.get(key) : null;
        } else if (key instanceof Long || key instanceof Boolean) {
            budget.charge(of instanceof String text ? text.length() / 16 : 0);
            item = at(of, Numbers.integer(key));
        }
        if (item == null && key instanceof String name) {
            requireUsable(of, name);
            item = own(of, name);
        }
        return item == null ? missing(of, key) : item;
    }

    private static Undefined missing(Object of, Object key) {
        String name = key instanceof String text
                ? Refusal.quote(text)
                : key instanceof Long ? key.toString() : Values.type(key);
        return new Undefined(Values.type(of) + " has no " + name);
    }

    private static void requireUsable(Object of, String name) {
        if (of instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        boolean known = of instanceof Dict
                || of instanceof String
                || of instanceof List
                || of instanceof Tuple
                || Numbers.isNumber(of)
                || of == None.NONE
                || of instanceof Namespace
                || (of instanceof Loop && Loop.FIELDS.containsKey(name));
        if (!known || name.startsWith("__") || (name.startsWith("_") && !(of instanceof Dict))) {
            throw new Refusal(
                    "the attribute " + Refusal.quote(name) + " of " + Values.type(of) + " is not supported here");
        }
    }

    /** The attribute that Python's object has, or null. */
    private static Object own(Object of, String name) {
        if (of instanceof Namespace namespace) {
            return namespace.get(name);
        }
        if (of instanceof Loop loop) {
            return Loop.FIELDS.get(name).apply(loop);
        }
        if (of instanceof Tuple tuple
                && tuple.group()
                && Set.of("grouper", "list").contains(name)) {
            return tuple.items().get(name.equals("list") ? 1 : 0);
        }
        String type = Methods.type(of);
        Operation method = Methods.of(type).get(name);
        if (method != null) {
            return new Callable(method, of);
        }
        if (Methods.isPython(type, name)) {
            throw new Refusal("the " + type + " method " + Refusal.quote(name) + " is not supported here");
        }
        return null;
    }

    private static Object at(Object of, long index) {
        if (of instanceof String text) {
            int length = PythonString.length(text);
            long at = index < 0 ? index + length : index;
            if (at < 0 || at >= length) {
                return null;
            }
            return Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) at)));
        }
        if (of instanceof PyRange range) {
            long at = index < 0 ? index + range.size() : index;
            return at < 0 || at >= range.size() ? null : (Object) (range.start() + at * range.step());
        }
        List<Object> items = of instanceof List<?> list
                ? Values.objects(list)
                : of instanceof Tuple tuple ? tuple.items() : List.of();
        long at = index < 0 ? index + items.size() : index;
        return at < 0 || at >= items.size() ? null : items.get((int) at);
    }

    /** {@code of[start:stop:step]}. */
    static Object slice(Object of, Object start, Object stop, Object step, Budget budget) {
        if (of instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        long by = bound(step, 1);
        if (by == 0) {
            throw new Refusal("a slice has the step 0");
        }
        if (of instanceof String text) {
            budget.charge(text.length());
            int[] letters = text.codePoints().toArray();
            StringBuilder taken = new StringBuilder();
            indices(letters.length, start, stop, by).forEach(i -> taken.appendCodePoint(letters[(int) i]));
            return taken.toString();
        }
        if (!(of instanceof List || of instanceof Tuple)) {
            throw new Refusal("a slice of " + Values.type(of) + " is not supported here");
        }
        List<Object> items = of instanceof List<?> list ? Values.objects(list) : ((Tuple) of).items();
        List<Object> taken = new ArrayList<>();
        budget.charge(4L * items.size());
        indices(items.size(), start, stop, by).forEach(i -> taken.add(items.get((int) i)));
        return of instanceof Tuple ? new Tuple(taken) : taken;
    }

    private static LongStream indices(long size, Object start, Object stop, long by) {
        boolean open = start == None.NONE;
        long from = clip(bound(start, by > 0 ? 0 : size), size, by, open);
        long to = stop == None.NONE ? (by > 0 ? size : -1) : clip(bound(stop, 0), size, by, false);
        long step = Math.max(-size - 1, Math.min(size + 1, by));
        return LongStream.iterate(from, i -> by > 0 ? i < to : i > to, i -> i + step);
    }

    private static long bound(Object value, long otherwise) {
        if (value == None.NONE) {
            return otherwise;
        }
        if (value instanceof Long || value instanceof Boolean) {
            return Numbers.integer(value);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        throw new Refusal("a slice with " + Values.type(value) + " as a bound is not supported here");
    }

    private static long clip(long bound, long size, long step, boolean open) {
        long at = bound < 0 && !open ? bound + size : bound;
        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? size : size - 1;
        return Math.max(lowest, Math.min(highest, at));
    }
}
