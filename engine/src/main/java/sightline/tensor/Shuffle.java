package sightline.tensor;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.bytedeco.javacpp.indexer.ShortIndexer;
import org.bytedeco.pytorch.Tensor;
import sightline.draw.SeededDraws;

/** A tensor's numbers in another order. */
public final class Shuffle {
    private interface Swap {
        void of(long i, long j);
    }

    private Shuffle() {}

    /**
     * Permutes a tensor's numbers in place, each order as likely: Fisher–Yates, i = 0, 1, … n − 2 swapped with j = i +
     * (a draw below n − i). Bits are moved, no number is converted. Nothing is held beside the tensor.
     *
     * @param tensor any shape, contiguous, on the CPU, elements of 2, 4 or 8 bytes
     * @throws IllegalArgumentException if it is another
     */
    public static void inPlace(Tensor tensor, SeededDraws draws) {
        if (!tensor.is_cpu() || !tensor.is_contiguous()) {
            throw new IllegalArgumentException("a contiguous tensor on the CPU is needed");
        }
        long n = tensor.numel();
        Swap swap = swap(tensor, n);
        for (long i = 0; i < n - 1; i++) {
            swap.of(i, i + draws.below(n - i));
        }
    }

    private static Swap swap(Tensor tensor, long n) {
        switch ((int) tensor.element_size()) {
            case Short.BYTES -> {
                ShortIndexer bits = ShortIndexer.create(new ShortPointer(tensor.data_ptr()).capacity(n));
                return (i, j) -> {
                    short before = bits.get(i);
                    bits.put(i, bits.get(j));
                    bits.put(j, before);
                };
            }
            case Integer.BYTES -> {
                IntIndexer bits = IntIndexer.create(new IntPointer(tensor.data_ptr()).capacity(n));
                return (i, j) -> {
                    int before = bits.get(i);
                    bits.put(i, bits.get(j));
                    bits.put(j, before);
                };
            }
            case Long.BYTES -> {
                LongIndexer bits = LongIndexer.create(new LongPointer(tensor.data_ptr()).capacity(n));
                return (i, j) -> {
                    long before = bits.get(i);
                    bits.put(i, bits.get(j));
                    bits.put(j, before);
                };
            }
            default -> throw new IllegalArgumentException("elements of " + tensor.element_size() + " bytes");
        }
    }
}
