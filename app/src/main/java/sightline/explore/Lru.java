package sightline.explore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Things that are kept while they fit; what was asked for longest ago goes first. Any number of threads may ask. */
final class Lru<T> {
    private final long room;
    private final ToLongFunction<T> size;
    private final Consumer<T> dropped;
    private final Map<String, T> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    /**
     * @param room for all, in the unit of sizes; the newest is kept in any case
     * @param dropped hears of each that goes
     */
    Lru(long room, ToLongFunction<T> size, Consumer<T> dropped) {
        this.room = room;
        this.size = size;
        this.dropped = dropped;
    }

    synchronized Optional<T> get(String key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized void put(String key, T thing) {
        T before = kept.put(key, thing);
        used += size.applyAsLong(thing);
        if (before != null) {
            used -= size.applyAsLong(before);
            dropped.accept(before);
        }
        Iterator<T> oldest = kept.values().iterator();
        while (used > room && kept.size() > 1) {
            T gone = oldest.next();
            oldest.remove();
            used -= size.applyAsLong(gone);
            dropped.accept(gone);
        }
    }

    synchronized void clear() {
        kept.values().forEach(dropped);
        kept.clear();
        used = 0;
    }
}
