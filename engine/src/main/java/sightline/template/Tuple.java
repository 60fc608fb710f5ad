package sightline.template;

import java.util.List;

/**
 * Python's tuple.
 *
 * @param group whether {@code groupby} made it, so that its two items are also {@code grouper} and {@code list}
 */
record Tuple(List<Object> items, boolean group) {
    Tuple(List<Object> items) {
        this(items, false);
    }

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
