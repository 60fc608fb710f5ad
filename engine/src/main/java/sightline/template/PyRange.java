package sightline.template;

import java.util.AbstractList;
import java.util.Iterator;

/**
 * Python's range.
 *
 * @param step not zero
 */
record PyRange(long start, long stop, long step) {
    private static final int MOST = 100_000; // the sandbox's own limit

    PyRange {
        if (step == 0) {
            throw new Refusal("'range' has the step 0");
        }
        if (Math.max(Math.max(Math.abs(start), Math.abs(stop)), Math.abs(step)) > 1L << 40) {
            throw new Refusal("'range' has numbers beyond what is supported here");
        }
        if (length(start, stop, step) > MOST) {
            throw new Refusal("'range' is longer than " + MOST);
        }
    }

    private static long length(long start, long stop, long step) {
        long span = step > 0 ? stop - start : start - stop;
        return span <= 0 ? 0 : (span - 1) / Math.abs(step) + 1;
    }

    int size() {
        return (int) length(start, stop, step);
    }

    Iterator<Object> iterator() {
        return new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                return start + index * step;
            }

            @Override
            public int size() {
                return PyRange.this.size();
            }
        }.iterator();
    }
}
