package sightline.tensor;

import java.util.function.Consumer;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Repeatable random tensors. */
public final class Randoms {
    /** Numbers made at once before they are rounded: 64 MiB as float32. */
    private static final long PIECE = 16L << 20;

    private Randoms() {}

    /** Normal numbers in bfloat16, on the CPU; the same seed gives the same numbers. */
    public static Tensor normal(long[] shape, double mean, double deviation, long seed) {
        NativeEngine.load();
        long count = 1;
        for (long axis : shape) {
            count = Math.multiplyExact(count, axis);
        }
        Tensor flat = torch.empty(new long[] {count}, new TensorOptions(ScalarType.BFloat16), null);
        long[] filled = {0};
        normal(count, mean, deviation, seed, piece -> {
            flat.narrow(0, filled[0], piece.numel()).copy_(piece);
            filled[0] += piece.numel();
        });
        return flat.view(shape);
    }

    /**
     * The numbers of {@link #normal(long[], double, double, long)} one piece after the other, for those that have no room
     * for all.
     *
     * @param take gets each piece (n), which is freed when it returns
     */
    public static void normal(long count, double mean, double deviation, long seed, Consumer<Tensor> take) {
        try (Scope scope = Scope.open();
                Generator generator = torch.make_generator_cpu(seed)) {
            for (long first = 0; first < count; first += PIECE) {
                try (Scope piece = Scope.open()) {
                    long[] size = {Math.min(PIECE, count - first)};
                    Tensor numbers =
                            torch.randn(size, new GeneratorOptional(generator), new TensorOptions(ScalarType.Float));
                    numbers.mul_(new Scalar(deviation)).add_(new Scalar(mean));
                    take.accept(numbers.to(ScalarType.BFloat16));
                }
            }
        }
    }
}
