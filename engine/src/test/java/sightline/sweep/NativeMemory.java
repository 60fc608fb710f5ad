package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import sightline.tensor.NativeEngine;

/** Fails if repeated work leaves native memory behind. */
final class NativeMemory {
    private static final int ROUNDS = 4;
    private static final long NOISE = 2L << 20;

    private NativeMemory() {}

    /**
     * Repeats work and checks after each time that no native object more lives than before. Memory that no object of
     * Java's holds shows in the process's size: that wanders with the allocator and the collector, but a leak makes it
     * grow in every round.
     *
     * @param times in all; a leak of a few KB each time must exceed {@value #NOISE} bytes in a quarter of them
     */
    static void assertFlat(int times, Runnable work) {
        work.run(); // what is made once and kept
        long objects = Pointer.totalCount();
        long least = Long.MAX_VALUE;
        long before = NativeEngine.residentBytes();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < times / ROUNDS; i++) {
                work.run();
                assertThat(Pointer.totalCount())
                        .as("native objects after time " + (i + 1) + " of round " + (round + 1))
                        .isLessThanOrEqualTo(objects);
            }
            System.gc();
            long after = NativeEngine.residentBytes();
            least = Math.min(least, after - before);
            before = after;
        }
        assertThat(least).as("growth in the round that grew least").isLessThan(NOISE);
    }
}
