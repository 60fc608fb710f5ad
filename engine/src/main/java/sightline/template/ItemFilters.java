package sightline.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Filters that look at each item or at an attribute of it. */
final class ItemFilters {
    static final List<Operation> ALL = List.of(
            Operation.of("filter", "map", ItemFilters::map, "*", "**"),
            Operation.of("filter", "select", call -> select(call, false, true), "*", "**"),
            Operation.of("filter", "reject", call -> select(call, false, false), "*", "**"),
            Operation.of("filter", "selectattr", call -> select(call, true, true), "/attribute", "*", "**"),
            Operation.of("filter", "rejectattr", call -> select(call, true, false), "/attribute", "*", "**"),
            Operation.of("filter", "sort", ItemFilters::sort, "reverse?", "case_sensitive?", "attribute?"),
            Operation.of("filter", "unique", ItemFilters::unique, "case_sensitive?", "attribute?"),
            Operation.of("filter", "groupby", ItemFilters::groupby, "attribute", "default?", "case_sensitive?"),
            Operation.of("filter", "min", call -> extreme(call, -1), "case_sensitive?", "attribute?"),
            Operation.of("filter", "max", call -> extreme(call, 1), "case_sensitive?", "attribute?"),
            Operation.of("filter", "dictsort", ItemFilters::dictsort, "case_sensitive?", "by?", "reverse?"));

    private ItemFilters() {}

    /** What follows {@code attribute='a.b'}: one item or attribute after the other. */
    private static Function<Object, Object> getter(Invocation call, Object attribute, Object otherwise) {
        if (attribute == None.NONE) {
            return item -> item;
        }
        List<Object> parts = new ArrayList<>();
        if (attribute instanceof String text) {
            for (Object part : PythonString.split(text, ".", -1)) {
                String name = (String) part;
                parts.add(name.matches("[0-9]{1,9}") ? (Object) Long.valueOf(name) : name);
                if (name.codePoints().anyMatch(c -> c >= 128)) {
                    throw call.badArgument("attribute");
                }
            }
        } else if (attribute instanceof Long) {
            parts.add(attribute);
        } else {
            throw new Refusal(call.operation().title() + " with " + Values.type(attribute)
                    + " as an attribute is not supported here");
        }
        return item -> {
            Object value = item;
            for (Object part : parts) {
                value = Members.item(value, part, call.budget());
                value = value instanceof Undefined && otherwise != None.NONE ? otherwise : value;
            }
            return value;
        };
    }

    private static Object attribute(Invocation call) {
        return call.get("attribute", None.NONE);
    }

    /** The items, or the attribute of each that the call asks for. */
    static Lazy attributes(Invocation call) {
        return ListFilters.mapped(Values.iterate(call.value()), getter(call, attribute(call), None.NONE));
    }

    private static Function<Object, Object> key(Invocation call) {
        Function<Object, Object> getter = getter(call, attribute(call), call.get("default", None.NONE));
        return call.flag("case_sensitive") ? getter : getter.andThen(ItemFilters::ignoreCase);
    }

    private static Object ignoreCase(Object value) {
        return value instanceof String text ? Letters.lower(text) : value;
    }

    private static Object map(Invocation call) {
        if (!Values.truth(call.value())) {
            return nothing();
        }
        Iterator<Object> items = Values.iterate(call.value());
        if (call.more().isEmpty() && call.named().containsKey("attribute")) {
            Map<String, Object> left = new LinkedHashMap<>(call.named());
            Object attribute = left.remove("attribute");
            Object otherwise = left.getOrDefault("default", None.NONE);
            left.remove("default");
            if (!left.isEmpty()) {
                throw new Refusal("the filter 'map' with the argument "
                        + Refusal.quote(left.keySet().iterator().next()) + " is not supported here");
            }
            return ListFilters.mapped(items, getter(call, attribute, otherwise));
        }
        Operation filter = Constructs.filter(inner(call));
        Given given = new Given(call.more().subList(1, call.more().size()), call.named());
        return ListFilters.mapped(items, item -> filter.apply(call.budget(), item, given));
    }

    private static String inner(Invocation call) {
        if (call.more().isEmpty() || !(call.more().get(0) instanceof String name)) {
            throw new Refusal(call.operation().title() + " needs a name");
        }
        return name;
    }

    private static Lazy nothing() {
        return new Lazy(List.<Object>of().iterator());
    }

    private static Object select(Invocation call, boolean ofAttribute, boolean wanted) {
        if (!Values.truth(call.value())) {
            return nothing();
        }
        Function<Object, Object> getter = ofAttribute ? getter(call, call.get("attribute"), None.NONE) : item -> item;
        Predicate<Object> test = Values::truth;
        if (!call.more().isEmpty()) {
            Operation operation = Constructs.test(inner(call));
            Given given = new Given(call.more().subList(1, call.more().size()), call.named());
            test = item -> Values.truth(operation.apply(call.budget(), item, given));
        } else if (!call.named().isEmpty()) {
            throw new Refusal(call.operation().title() + " has a named argument but no test");
        }
        Predicate<Object> takes = test;
        return new Lazy(new Taking(Values.iterate(call.value()), item -> takes.test(getter.apply(item)) == wanted));
    }

    /** Those items that a test takes, each tested when its turn comes. */
    private static final class Taking implements Iterator<Object> {
        private final Iterator<Object> items;
        private final Predicate<Object> test;
        private Object next;

        Taking(Iterator<Object> items, Predicate<Object> test) {
            this.items = items;
            this.test = test;
        }

        @Override
        public boolean hasNext() {
            while (next == null && items.hasNext()) {
                Object item = items.next();
                next = test.test(item) ? item : null;
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object item = next;
            next = null;
            return item;
        }
    }

    private record Keyed(Object key, Object item) {}

    private static List<Keyed> keyed(Invocation call, Iterable<Object> items, Function<Object, Object> key) {
        List<Keyed> keyed = new ArrayList<>();
        for (Object item : items) {
            call.budget().charge(8);
            keyed.add(new Keyed(key.apply(item), item));
        }
        return keyed;
    }

    private static List<Object> sorted(Invocation call, List<Keyed> items, boolean reversed) {
        Comparator<Keyed> order = (a, b) -> Comparison.order(a.key, b.key, call.budget());
        items.sort(reversed ? (a, b) -> order.compare(b, a) : order);
        List<Object> sorted = new ArrayList<>();
        items.forEach(i -> sorted.add(i.item));
        return sorted;
    }

    private static boolean reversed(Invocation call) {
        if (call.has("reverse") && !(call.get("reverse") instanceof Boolean)) {
            throw call.badArgument("reverse");
        }
        return call.flag("reverse");
    }

    /** Several attributes, with commas between, are compared one after the other. */
    private static Object sort(Invocation call) {
        List<Function<Object, Object>> getters = new ArrayList<>();
        if (attribute(call) instanceof String text) {
            PythonString.split(text, ",", -1).forEach(part -> getters.add(getter(call, part, None.NONE)));
        } else {
            getters.add(getter(call, attribute(call), None.NONE));
        }
        Function<Object, Object> key = item -> {
            List<Object> keys = new ArrayList<>();
            for (Function<Object, Object> getter : getters) {
                Object value = getter.apply(item);
                keys.add(call.flag("case_sensitive") ? value : ignoreCase(value));
            }
            return keys;
        };
        return sorted(call, keyed(call, Values.list(call.value(), call.budget()), key), reversed(call));
    }

    private static Object dictsort(Invocation call) {
        if (!(call.value() instanceof Dict dict)) {
            throw call.badValue();
        }
        String by = call.text("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw call.badArgument("by");
        }
        int place = by.equals("key") ? 0 : 1;
        Function<Object, Object> key = item -> {
            Object value = ((Tuple) item).items().get(place);
            return call.flag("case_sensitive") ? value : ignoreCase(value);
        };
        return sorted(call, keyed(call, dict.items(), key), reversed(call));
    }

    private static Object unique(Invocation call) {
        Function<Object, Object> key = key(call);
        Set<Object> seen = new HashSet<>();
        return new Lazy(new Taking(Values.iterate(call.value()), item -> seen.add(Dict.hashed(key.apply(item)))));
    }

    private static Object extreme(Invocation call, int sign) {
        Keyed best = null;
        for (Keyed item : keyed(call, Values.list(call.value(), call.budget()), key(call))) {
            if (best == null || sign * Comparison.order(item.key, best.key, call.budget()) > 0) {
                best = item;
            }
        }
        return best == null ? new Undefined(call.operation().title() + " found no item") : best.item;
    }

    private static Object groupby(Invocation call) {
        Function<Object, Object> key = key(call);
        Function<Object, Object> shown = getter(call, attribute(call), call.get("default", None.NONE));
        List<Object> sorted = sorted(call, keyed(call, Values.list(call.value(), call.budget()), key), false);
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            group.add(sorted.get(i));
            boolean ends = i + 1 == sorted.size()
                    || !Comparison.equal(key.apply(sorted.get(i)), key.apply(sorted.get(i + 1)), call.budget());
            if (ends) {
                groups.add(new Tuple(List.of(shown.apply(group.get(0)), group), true));
                group = new ArrayList<>();
            }
        }
        return groups;
    }
}
