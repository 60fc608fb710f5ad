package sightline.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The variable {@code loop} of one loop, and where that loop stands. */
final class Loop {
    private static final Operation CYCLE = Operation.of("loop", "cycle", Loop::cycle, "*");
    private static final Operation CHANGED = Operation.of("loop", "changed", Loop::changed, "*");

    /** What a template may ask of it. */
    static final Map<String, Function<Loop, Object>> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("index", loop -> loop.index0 + 1),
            Map.entry("index0", loop -> loop.index0),
            Map.entry("revindex", loop -> loop.length() - loop.index0),
            Map.entry("revindex0", loop -> loop.length() - loop.index0 - 1),
            Map.entry("first", loop -> loop.index0 == 0),
            Map.entry("last", loop -> loop.peek() == null),
            Map.entry("length", Loop::length),
            Map.entry("depth", loop -> loop.depth0 + 1),
            Map.entry("depth0", loop -> loop.depth0),
            Map.entry("previtem", Loop::previous),
            Map.entry("nextitem", Loop::following),
            Map.entry("cycle", loop -> new Callable(CYCLE, loop)),
            Map.entry("changed", loop -> new Callable(CHANGED, loop))));

    private final Object items;
    private final Budget budget;
    private final BiFunction<Object, Long, String> again;
    private final long depth0;
    private Iterator<Object> iterator;
    private long index0 = -1;
    private long length = -1;
    private Object before;
    private Object now;
    private Object after; // null until it has been looked at
    private List<Object> lastChanged;

    /**
     * @param items what the loop goes through
     * @param again renders the body for other items and one level deeper; null if the loop is not recursive
     */
    Loop(Object items, Budget budget, BiFunction<Object, Long, String> again, long depth0) {
        this.items = items;
        this.budget = budget;
        this.iterator = Values.iterate(items);
        this.again = again;
        this.depth0 = depth0;
    }

    /** The next item, or null at the end. */
    Object next() {
        Object next = after;
        after = null;
        if (next == null) {
            if (!iterator.hasNext()) {
                return null;
            }
            next = iterator.next();
        }
        index0++;
        before = now;
        now = next;
        return next;
    }

    private Object peek() {
        if (after == null && iterator.hasNext()) {
            after = iterator.next();
        }
        return after;
    }

    /** How many items there are; a generator is emptied to find out. */
    long length() {
        if (length < 0) {
            if (items instanceof Lazy) {
                List<Object> rest = Values.list(new Lazy(iterator), budget);
                iterator = rest.iterator();
                length = rest.size() + index0 + 1 + (after == null ? 0 : 1);
            } else {
                length = Values.length(items, "the length of ");
            }
        }
        return length;
    }

    private Object previous() {
        return index0 == 0 ? new Undefined("there is no previous item") : before;
    }

    private Object following() {
        Object next = peek();
        return next == null ? new Undefined("there is no next item") : next;
    }

    private static Object cycle(Invocation call) {
        if (call.more().isEmpty()) {
            throw new Refusal("'loop.cycle' needs something to go through");
        }
        return call.more().get((int) (((Loop) call.value()).index0 % call.more().size()));
    }

    private static Object changed(Invocation call) {
        Loop loop = (Loop) call.value();
        boolean same = loop.lastChanged != null && Comparison.equal(loop.lastChanged, call.more(), call.budget());
        loop.lastChanged = call.more();
        return !same;
    }

    /** {@code loop(items)}. */
    Object recurse(Given given) {
        if (again == null) {
            throw new Refusal("'loop' is called in a loop that is not recursive");
        }
        if (given.positional().size() != 1 || !given.named().isEmpty()) {
            throw new Refusal("'loop' takes one argument");
        }
        return again.apply(given.positional().get(0), depth0 + 1);
    }
}
