package sightline.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Filters on lists and other things with items. */
final class ListFilters {
    static final List<Operation> ALL = List.of(
            Operation.of("filter", "list", call -> Values.list(call.value(), call.budget())),
            Operation.of("filter", "first", ListFilters::first),
            Operation.of("filter", "last", ListFilters::last),
            Operation.of("filter", "join", ListFilters::join, "d?", "attribute?"),
            Operation.of("filter", "reverse", ListFilters::reverse),
            Operation.of("filter", "batch", ListFilters::batch, "linecount", "fill_with?"),
            Operation.of("filter", "slice", ListFilters::slice, "slices", "fill_with?"),
            Operation.of("filter", "items", ListFilters::items),
            Operation.of("filter", "default", ListFilters::otherwise, "default_value?", "boolean?"),
            Operation.of("filter", "d", ListFilters::otherwise, "default_value?", "boolean?"));

    private ListFilters() {}

    private static Object first(Invocation call) {
        Iterator<Object> items = Values.iterate(call.value());
        return items.hasNext() ? items.next() : new Undefined("the filter 'first' found no item");
    }

    private static Object last(Invocation call) {
        if (call.value() instanceof Lazy) {
            throw call.badValue();
        }
        if (call.value() instanceof String text && !text.isEmpty()) {
            return Character.toString(text.codePointBefore(text.length()));
        }
        List<Object> items = Values.list(call.value(), call.budget());
        return items.isEmpty() ? new Undefined("the filter 'last' found no item") : items.get(items.size() - 1);
    }

    private static Object join(Invocation call) {
        String separator = Repr.str(call.get("d", ""), call.budget());
        StringBuilder out = new StringBuilder();
        boolean begun = false;
        for (Iterator<Object> items = ItemFilters.attributes(call).items(); items.hasNext(); ) {
            String item = Repr.str(items.next(), call.budget());
            call.budget().charge(1L + item.length() + separator.length());
            out.append(begun ? separator : "").append(item);
            begun = true;
        }
        return out.toString();
    }

    /** Of a generator a list, of the rest an iterator, as in Python. */
    private static Object reverse(Invocation call) {
        if (call.value() instanceof String text) {
            return PythonString.reverse(text);
        }
        List<Object> items = Values.list(call.value(), call.budget());
        Collections.reverse(items);
        return call.value() instanceof Lazy ? items : new Lazy(items.iterator());
    }

    private static Object batch(Invocation call) {
        long size = call.integer("linecount", 1);
        if (size < 1) {
            throw call.badArgument("linecount");
        }
        Object fill = call.get("fill_with", None.NONE);
        Iterator<Object> items = Values.iterate(call.value());
        return new Lazy(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                List<Object> row = new ArrayList<>();
                while (row.size() < size && items.hasNext()) {
                    call.budget().charge(4);
                    row.add(items.next());
                }
                while (fill != None.NONE && row.size() < size) {
                    call.budget().charge(4);
                    row.add(fill);
                }
                return row;
            }
        });
    }

    private static Object slice(Invocation call) {
        long count = call.integer("slices", 1);
        if (count < 1) {
            throw call.badArgument("slices");
        }
        call.budget().charge(4 * Math.min(count, Integer.MAX_VALUE));
        Object fill = call.get("fill_with", None.NONE);
        List<Object> items = Values.list(call.value(), call.budget());
        List<Object> columns = new ArrayList<>();
        int at = 0;
        for (long i = 0; i < count; i++) {
            boolean longer = i < items.size() % count;
            int end = at + (int) (items.size() / count) + (longer ? 1 : 0);
            List<Object> column = new ArrayList<>(items.subList(at, end));
            if (fill != None.NONE && !longer) {
                column.add(fill);
            }
            columns.add(column);
            at = end;
        }
        return new Lazy(columns.iterator());
    }

    private static Object items(Invocation call) {
        if (call.value() instanceof Undefined) {
            return new Lazy(Collections.emptyIterator());
        }
        if (!(call.value() instanceof Dict dict)) {
            throw call.badValue();
        }
        return new Lazy(dict.items().iterator());
    }

    private static Object otherwise(Invocation call) {
        boolean takes = call.value() instanceof Undefined || (call.flag("boolean") && !Values.truth(call.value()));
        return takes ? call.get("default_value", "") : call.value();
    }

    /** An iterator over what a function makes of each item, when its turn comes. */
    static Lazy mapped(Iterator<Object> items, Function<Object, Object> change) {
        return new Lazy(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return change.apply(items.next());
            }
        });
    }
}
