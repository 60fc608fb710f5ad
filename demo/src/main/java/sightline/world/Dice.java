package sightline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded choices; the same seed gives the same choices on every machine. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One of {@code from}, from + 1 … {@code to}. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    /** The index of a weight, chosen in proportion. */
    int weighted(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double at = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    <T> List<T> shuffled(List<T> from) {
        List<T> all = new ArrayList<>(from);
        for (int i = all.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T moved = all.get(i);
            all.set(i, all.get(j));
            all.set(j, moved);
        }
        return all;
    }

    /** {@code count} different ones, or all if there are fewer. */
    <T> List<T> sample(List<T> from, int count) {
        return shuffled(from).subList(0, Math.min(count, from.size()));
    }

    long bits() {
        return random.nextLong();
    }
}
