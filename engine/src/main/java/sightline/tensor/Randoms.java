package sightline.tensor;

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
            count *= axis;
        }
        Tensor flat = torch.empty(new long[] {count}, new TensorOptions(ScalarType.BFloat16), null);
        try (Scope scope = Scope.open();
                Generator generator = torch.make_generator_cpu(seed)) {
            for (long first = 0; first < count; first += PIECE) {
                try (Scope piece = Scope.open()) {
                    long size = Math.min(PIECE, count - first);
                    Tensor numbers = torch.randn(
                            new long[] {size}, new GeneratorOptional(generator), new TensorOptions(ScalarType.Float));
                    numbers.mul_(new Scalar(deviation)).add_(new Scalar(mean));
                    flat.narrow(0, first, size).copy_(numbers);
                }
            }
        }
        return flat.view(shape);
    }
}
