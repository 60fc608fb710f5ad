package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's dict: in order, keys equal if Python says so ({@code 1}, {@code 1.0} and {@code True} are one key). */
final class Dict {
    private record Entry(Object key, Object value) {}

    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    /** Only for whoever makes it: templates cannot change a mapping. */
    Dict put(Object key, Object value) {
        Object hashed = hashed(key);
        Entry old = entries.get(hashed);
        entries.put(hashed, new Entry(old == null ? key : old.key, value));
        return this;
    }

    /** Null if it is not there. */
    Object get(Object key) {
        Entry entry = entries.get(hashed(key));
        return entry == null ? null : entry.value;
    }

    boolean has(Object key) {
        return entries.containsKey(hashed(key));
    }

    int size() {
        return entries.size();
    }

    List<Object> keys() {
        List<Object> keys = new ArrayList<>();
        entries.values().forEach(e -> keys.add(e.key));
        return keys;
    }

    List<Object> values() {
        List<Object> values = new ArrayList<>();
        entries.values().forEach(e -> values.add(e.value));
        return values;
    }

    List<Object> items() {
        List<Object> items = new ArrayList<>();
        entries.values().forEach(e -> items.add(Tuple.of(e.key, e.value)));
        return items;
    }

    /** Whether Python can hash it, that is, whether it may be a key. */
    static boolean isHashable(Object key) {
        return key instanceof String
                || key instanceof Long
                || key instanceof Boolean
                || key instanceof Double
                || key == None.NONE
                || key instanceof Undefined
                || (key instanceof Tuple tuple && tuple.items().stream().allMatch(Dict::isHashable));
    }

    /**
     * An object that is equal to another's if Python's keys are.
     *
     * @throws Refusal if it cannot be a key
     */
    static Object hashed(Object key) {
        if (!isHashable(key)) {
            throw new Refusal(Values.type(key) + " cannot be a key");
        }
        if (key instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (key instanceof Double number && number == Math.rint(number) && Math.abs(number) < 0x1p62) {
            return number.longValue();
        }
        if (key instanceof Undefined) {
            return Undefined.class;
        }
        return key instanceof Tuple tuple
                ? tuple.items().stream().map(Dict::hashed).toList()
                : key;
    }
}
