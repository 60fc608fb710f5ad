package sightline.template;

import java.util.Iterator;

/** A Python generator or iterator: its items come once, when they are asked for, and it is always true. */
record Lazy(Iterator<Object> items) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
