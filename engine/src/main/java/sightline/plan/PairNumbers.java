package sightline.plan;

import java.util.Arrays;

/** Numbers pairs of whole numbers in the order in which they first come, from 0. An open-addressed table of primitives. */
final class PairNumbers {
    private static final int FREE = -1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio (Knuth 1998, section 6.4)

    private long[] keys;
    private int[] numbers;
    private int size;

    PairNumbers(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected)) * 4; // at most half full
        keys = new long[capacity];
        numbers = new int[capacity];
        Arrays.fill(numbers, FREE);
    }

    /** How many pairs have a number. */
    int size() {
        return size;
    }

    /** The pair's number; {@link #size()} before the call if it is new. */
    int number(int first, int second) {
        long key = ((long) first << 32) | (second & 0xFFFFFFFFL);
        int slot = slot(key);
        if (numbers[slot] == FREE) {
            if (2 * size >= numbers.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            numbers[slot] = size++;
        }
        return numbers[slot];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * SPREAD;
        int slot = (int) ((mixed >>> 32) ^ (mixed >>> 48)) & mask;
        while (numbers[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        Arrays.fill(numbers, FREE);
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldNumbers[slot] != FREE) {
                int free = slot(oldKeys[slot]);
                keys[free] = oldKeys[slot];
                numbers[free] = oldNumbers[slot];
            }
        }
    }
}
