package sightline.dataset;

import java.util.HashMap;
import java.util.Map;
import sightline.error.InputException;

/** The ids met in a file; one that comes twice ends the reading, since answers could not be told apart. */
final class Ids {
    private final Map<Long, Integer> entries = new HashMap<>();

    void add(Entry entry, String field, long id) {
        Integer first = entries.putIfAbsent(id, entry.index());
        if (first != null) {
            throw new InputException(
                    entry.file(),
                    entry.prefix() + field + " " + id + " is given at entries " + first + " and " + entry.index(),
                    "each id once",
                    "Remove one of the two");
        }
    }

    boolean contains(long id) {
        return entries.containsKey(id);
    }
}
