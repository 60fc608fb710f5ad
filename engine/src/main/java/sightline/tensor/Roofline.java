package sightline.tensor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The limits of this machine or of one of its cards, measured as the engine would meet them (Williams, Waterman and Patterson 2009): the rate of
 * matrix products at their best, the rate at a given shape, and the speed of memory. What is measured once is remembered. Not tried
 * on a card by any test.
 */
public final class Roofline {
    /** Time for each shape's repeated runs. */
    private static final Duration PER_SHAPE = Duration.ofMillis(600);

    /** Shapes of which one reaches the best rate: large enough to keep all cores busy, small enough to wait for. */
    private static final long[][] LARGE = {{1024, 1024, 4096}, {2048, 2048, 2048}, {2048, 4096, 4096}};

    /** The same for a card, which has more multipliers to keep busy. */
    private static final long[][] LARGE_ON_CARD = {{4096, 4096, 4096}, {8192, 8192, 8192}};

    /** Weights of a measured layer: more outputs than fit are left out, which changes no rate. */
    private static final long MOST_WEIGHTS = 64L << 20;

    /** Beyond this many rows the rate no longer depends on them. */
    private static final int MOST_ROWS = 2048;

    /** From so many keys on, the exact number is measured. */
    private static final long MANY_KEYS = 1024;

    /** Attention scores that are held at once. */
    private static final long MOST_SCORES = 32L << 20;

    /** Blocks of query rows that are tried; the best counts. */
    private static final long[] ROW_BLOCKS = {128, 512, MOST_ROWS};

    private final Compute compute;
    private final DType stored;
    private final Stopwatch watch;
    private final Map<Object, Double> known = new HashMap<>();

    /**
     * A roofline, not yet measured.
     *
     * @param compute where, and the format of hidden states
     * @param stored the format that weights are stored in; {@link Linear} widens them where it must
     */
    public Roofline(Compute compute, DType stored) {
        this(compute, stored, PER_SHAPE);
    }

    Roofline(Compute compute, DType stored, Duration perShape) {
        this.compute = compute;
        this.stored = stored;
        this.watch = new Stopwatch(perShape, compute.device());
    }

    /** The format in which matrices are multiplied. */
    public DType matmul() {
        return compute.matmul();
    }

    /** The best rate of a matrix product in {@link #matmul()}, over a few large shapes, in operations a second. */
    public double bestRate() {
        return known.computeIfAbsent("best", key -> {
            double best = 0;
            for (long[] shape : compute.device().isCard() ? LARGE_ON_CARD : LARGE) {
                try (Scope scope = Scope.open()) {
                    Tensor x = random(compute.matmul(), shape[0], shape[1]);
                    Tensor weight = random(compute.matmul(), shape[2], shape[1]);
                    double operations = new Work.Matrix(shape[0], shape[1], shape[2], 1).operations();
                    best = Math.max(best, operations / watch.seconds(() -> torch.linear(x, weight)));
                }
            }
            return best;
        });
    }

    /** The rate of a shape, in operations a second; the count plays no role. */
    public double rate(Work work) {
        return work.operations() / seconds(work);
    }

    /**
     * How long work takes at its shape's own rate, in seconds. A linear layer's time is read off the line between two
     * measured numbers of rows; attention's is that of the nearest measured shape, per operation.
     */
    public double seconds(Work work) {
        if (work instanceof Work.Matrix matrix) {
            return work.count() * secondsOfOne(matrix);
        }
        return work.operations() * secondsPerOperation((Work.Batched) work);
    }

    private double secondsOfOne(Work.Matrix matrix) {
        long rows = matrix.rows();
        long low = Math.min(Long.highestOneBit(rows), MOST_ROWS);
        double atLow = linearSeconds(low, matrix.inputs(), matrix.outputs());
        if (rows == low) {
            return atLow;
        }
        if (low == MOST_ROWS) {
            return atLow * rows / low;
        }
        double atHigh = linearSeconds(2 * low, matrix.inputs(), matrix.outputs());
        return atLow + (atHigh - atLow) * (rows - low) / low;
    }

    /** One linear layer as {@link Linear} computes it, widening included. */
    private double linearSeconds(long rows, long inputs, long outputs) {
        long measured = Math.min(outputs, Math.max(1, MOST_WEIGHTS / inputs));
        double seconds = known.computeIfAbsent(new Work.Matrix(rows, inputs, measured, 1), key -> {
            try (Scope scope = Scope.open()) {
                Linear linear = new Linear(random(stored, measured, inputs), null, compute);
                Tensor x = random(compute.matmul(), rows, inputs);
                return watch.seconds(() -> linear.apply(x));
            }
        });
        return seconds * outputs / measured;
    }

    /** The two products alone, in the best of a few blockings: no softmax, nothing copied. */
    private double secondsPerOperation(Work.Batched shape) {
        long rows = nearestPower(Math.min(shape.rows(), MOST_ROWS));
        long keys = shape.keys() < MANY_KEYS ? nearestPower(shape.keys()) : shape.keys();
        Work.Batched near = new Work.Batched(shape.batch(), rows, shape.size(), keys, 1);
        return known.computeIfAbsent(near, key -> LongStream.of(ROW_BLOCKS)
                .map(block -> Math.min(block, rows))
                .distinct()
                .mapToDouble(block -> secondsPerOperation(near, block))
                .min()
                .orElseThrow());
    }

    private static long nearestPower(long n) {
        long low = Long.highestOneBit(n);
        return n - low < 2 * low - n ? low : 2 * low;
    }

    private double secondsPerOperation(Work.Batched shape, long rows) {
        long batch = Math.max(1, Math.min(shape.batch(), MOST_SCORES / (rows * shape.keys())));
        Work.Batched part = new Work.Batched(batch, rows, shape.size(), shape.keys(), 1);
        return batchedSeconds(part) / part.operations();
    }

    private double batchedSeconds(Work.Batched part) {
        try (Scope scope = Scope.open()) {
            Tensor q = random(compute.matmul(), part.batch(), part.rows(), part.size());
            Tensor k = random(compute.matmul(), part.batch(), part.keys(), part.size())
                    .transpose(1, 2);
            Tensor v = random(compute.matmul(), part.batch(), part.keys(), part.size());
            return watch.seconds(() -> torch.bmm(torch.bmm(q, k), v));
        }
    }

    /**
     * How fast memory can be read, written and widened, in bytes a second of traffic.
     *
     * @param read a sum over float32
     * @param copy float32 from one place to another: reads and writes
     * @param widen bfloat16 to float32: reads and writes
     */
    public record Memory(double read, double copy, double widen) {}

    /** Measures memory with buffers far larger than a cache: 256 MiB of float32. */
    public Memory memory() {
        try (Scope scope = Scope.open()) {
            Tensor from = random(DType.FLOAT32, 64L << 20);
            Tensor to = compute.empty(DType.FLOAT32, 64L << 20);
            Tensor narrow = random(DType.BFLOAT16, 64L << 20);
            double wide = from.nbytes();
            return new Memory(
                    wide / watch.seconds(from::sum),
                    2 * wide / watch.seconds(() -> to.copy_(from)),
                    (wide + narrow.nbytes()) / watch.seconds(() -> to.copy_(narrow)));
        }
    }

    private Tensor random(DType dtype, long... shape) {
        return compute.place(Randoms.normal(shape, 0, 0.1, 1), dtype);
    }
}
