package sightline.tensor;

/**
 * Floating-point work of one shape; a multiplication with an addition counts as two operations. What a computation
 * consists of, so that its time can be predicted from the rates of its shapes.
 */
public sealed interface Work {
    /** Floating-point operations in all. */
    double operations();

    /** How many times the shape is computed; a fraction stands for a shape that is only the typical one of many. */
    double count();

    /**
     * Linear layers: (rows, inputs) · (inputs, outputs).
     *
     * @param rows of the input
     * @param inputs channels of an input row
     * @param outputs channels of an output row
     * @param count how many such layers
     */
    record Matrix(long rows, long inputs, long outputs, double count) implements Work {
        public Matrix {
            requirePositive(rows, inputs, outputs);
        }

        @Override
        public double operations() {
            return 2.0 * rows * inputs * outputs * count;
        }
    }

    /**
     * The two products of attention for several heads at once: (batch, rows, size) · (batch, size, keys), and
     * (batch, rows, keys) · (batch, keys, size).
     *
     * @param batch heads, or key heads where query heads share one
     * @param rows queries of a head, or of all that share its keys
     * @param size channels of a head
     * @param keys that each query reads
     * @param count how many such pairs of products
     */
    record Batched(long batch, long rows, long size, long keys, double count) implements Work {
        public Batched {
            requirePositive(batch, rows, size, keys);
        }

        @Override
        public double operations() {
            return 4.0 * batch * rows * size * keys * count;
        }
    }

    private static void requirePositive(long... sizes) {
        for (long size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a shape with a size of " + size + " is no work");
            }
        }
    }
}
