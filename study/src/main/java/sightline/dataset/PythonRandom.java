package sightline.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CPython's {@code random.Random}: the published samples were drawn with it, and the same ids come only from the same bits.
 *
 * <p>The generator is MT19937 (Matsumoto and Nishimura 1998), seeded by array as CPython seeds whole numbers.
 */
public final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;
    private static final int MATRIX = 0x9908b0df;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;
    private static final int WORD = 32;

    /** {@code sample} copies the population if it is not larger than a set of the chosen would be. */
    private static final int SMALL_SET = 21;

    private final int[] state = new int[N];
    private int next = N;

    /** {@code random.Random(seed)}; like there, a seed and its negative are the same. */
    public PythonRandom(long seed) {
        long value = Math.abs(seed);
        int high = (int) (value >>> WORD);
        seedByArray(high == 0 ? new int[] {(int) value} : new int[] {(int) value, high});
    }

    private void seed(int value) {
        state[0] = value;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private void seedByArray(int[] key) {
        seed(19650218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(N, key.length); k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = step(i);
            j = (j + 1) % key.length;
        }
        for (int k = N - 1; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i = step(i);
        }
        state[0] = UPPER;
    }

    private int step(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    /** The next 32 bits. */
    private int word() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & UPPER) | (state[(i + 1) % N] & LOWER);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
        }
        next = 0;
    }

    /** {@code getrandbits(k)}, for 1 to 63 bits. */
    public long bits(int k) {
        if (k < 1 || k >= Long.SIZE) {
            throw new IllegalArgumentException("1 to 63 bits, not " + k);
        }
        if (k <= WORD) {
            return Integer.toUnsignedLong(word()) >>> (WORD - k);
        }
        long low = Integer.toUnsignedLong(word());
        return (Integer.toUnsignedLong(word()) >>> (2 * WORD - k)) << WORD | low;
    }

    /** {@code random()}: from 0 to below 1, in steps of 2⁻⁵³. */
    public double real() {
        long a = Integer.toUnsignedLong(word()) >>> 5;
        long b = Integer.toUnsignedLong(word()) >>> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }

    /** {@code _randbelow(n)}: a whole number from 0 to below n. */
    public long below(long n) {
        int k = Long.SIZE - Long.numberOfLeadingZeros(n);
        long r = bits(k);
        while (r >= n) {
            r = bits(k);
        }
        return r;
    }

    /** {@code shuffle(list)}, into a new list. */
    public <T> List<T> shuffled(List<T> items) {
        List<T> list = new ArrayList<>(items);
        for (int i = list.size() - 1; i > 0; i--) {
            int j = (int) below(i + 1L);
            T last = list.get(i);
            list.set(i, list.get(j));
            list.set(j, last);
        }
        return list;
    }

    /**
     * {@code sample(population, k)}: k of them, each at most once, in the order drawn.
     *
     * @throws IllegalArgumentException if there are fewer than k
     */
    public <T> List<T> sample(List<T> population, int k) {
        int n = population.size();
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("cannot draw " + k + " of " + n);
        }
        double set = SMALL_SET;
        if (k > 5) {
            set += Math.pow(4, Math.ceil(Math.log(k * 3.0) / Math.log(4)));
        }
        return n <= set ? fromPool(population, k) : bySet(population, k);
    }

    private <T> List<T> fromPool(List<T> population, int k) {
        List<T> pool = new ArrayList<>(population);
        List<T> drawn = new ArrayList<>(k);
        for (int i = 0; i < k; i++) {
            int left = pool.size() - i;
            int j = (int) below(left);
            drawn.add(pool.get(j));
            pool.set(j, pool.get(left - 1));
        }
        return drawn;
    }

    private <T> List<T> bySet(List<T> population, int k) {
        Set<Integer> chosen = new HashSet<>();
        List<T> drawn = new ArrayList<>(k);
        while (drawn.size() < k) {
            int j = (int) below(population.size());
            if (chosen.add(j)) {
                drawn.add(population.get(j));
            }
        }
        return drawn;
    }
}
