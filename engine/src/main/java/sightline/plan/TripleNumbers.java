package sightline.plan;

import java.util.Arrays;

/** Numbers triples of whole numbers in the order in which they first come, from 0. An open-addressed table of primitives. */
final class TripleNumbers {
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio (Knuth 1998, section 6.4)

    private int[] first;
    private int[] second;
    private int[] third;
    private int[] slots; // a triple's number + 1, or 0 where free; twice as many as triples fit
    private int size;

    /** @param expected triples, about */
    TripleNumbers(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected)) * 2;
        first = new int[capacity];
        second = new int[capacity];
        third = new int[capacity];
        slots = new int[2 * capacity];
    }

    /** How many triples have a number. */
    int size() {
        return size;
    }

    /** A numbered triple's first. */
    int first(int number) {
        return first[number];
    }

    /** A numbered triple's second. */
    int second(int number) {
        return second[number];
    }

    /** The triple's number; {@link #size()} before the call if it is new. */
    int number(int a, int b, int c) {
        int slot = slot(a, b, c);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == first.length) {
            grow();
            slot = slot(a, b, c);
        }
        first[size] = a;
        second[size] = b;
        third[size] = c;
        slots[slot] = size + 1;
        return size++;
    }

    /** Where the triple is, or the free slot where it belongs. */
    private int slot(int a, int b, int c) {
        long mixed = ((a * SPREAD + b) * SPREAD + c) * SPREAD;
        int mask = slots.length - 1;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] > 0 && !is(slots[slot] - 1, a, b, c)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean is(int number, int a, int b, int c) {
        return first[number] == a && second[number] == b && third[number] == c;
    }

    private void grow() {
        first = Arrays.copyOf(first, 2 * size);
        second = Arrays.copyOf(second, 2 * size);
        third = Arrays.copyOf(third, 2 * size);
        slots = new int[4 * size];
        for (int number = 0; number < size; number++) {
            slots[slot(first[number], second[number], third[number])] = number + 1;
        }
    }
}
