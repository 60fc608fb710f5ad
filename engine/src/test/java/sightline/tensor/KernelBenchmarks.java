package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The kernels one by one, at the shapes of the 11B model. Compiled with the tests, run by hand only, since its name is no
 * test's (docs/performance.md):
 *
 * <pre>mvn -q -pl engine test -Dtest=KernelBenchmarks -Dsightline.jmh=attention</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@State(Scope.Thread)
public class KernelBenchmarks {
    private static final int HIDDEN = 4096;
    private static final int INTERMEDIATE = 14336;
    private static final int VISION_HEADS = 16;
    private static final int VISION_TOKENS = 6432;
    private static final int VISION_HEAD_SIZE = 80;
    private static final int HEADS = 32;
    private static final int GROUPS = 8;
    private static final int HEAD_SIZE = 128;

    /** The format of hidden states. */
    @Param({"FLOAT32", "BFLOAT16"})
    public DType dtype;

    /** Text rows. */
    @Param("512")
    public int rows;

    private sightline.tensor.Scope scope;
    private Compute compute;
    private Tensor x;
    private Tensor wide;
    private Tensor norm;
    private Linear linear;
    private Tensor visionQueries;
    private Tensor visionKeys;
    private Tensor queries;
    private Tensor keys;
    private Tensor own;
    private Tensor mask;

    /** Makes the tensors of all kernels. */
    @Setup
    public void make() {
        scope = sightline.tensor.Scope.open();
        compute = new Compute(ComputeDevice.CPU, dtype);
        x = random(rows, HIDDEN);
        wide = random(rows, INTERMEDIATE);
        norm = random(HIDDEN);
        linear = new Linear(random(INTERMEDIATE, HIDDEN), null, compute);
        visionQueries = random(VISION_TOKENS, VISION_HEADS, VISION_HEAD_SIZE);
        visionKeys = random(VISION_HEADS, VISION_TOKENS, VISION_HEAD_SIZE);
        queries = random(1, rows, HEADS, HEAD_SIZE);
        keys = random(1, 161, GROUPS, HEAD_SIZE);
        own = random(1, rows, GROUPS, HEAD_SIZE);
        mask = compute.place(HostArrays.tensor(new float[rows * 161], 1, rows, 161), compute.matmul());
    }

    private Tensor random(long... shape) {
        return Randoms.normal(shape, 0, 0.1, 1).to(compute.matmul().scalarType());
    }

    /** Frees them. */
    @TearDown
    public void free() {
        scope.close();
    }

    /** A layer of the MLP. */
    @Benchmark
    public void linear() {
        in(() -> linear.apply(x));
    }

    /** All tiles of a picture in one vision layer. */
    @Benchmark
    public void visionAttention() {
        in(() -> Attention.attend(visionQueries, visionKeys, visionKeys, null, compute));
    }

    /** Rows of several variants over the prompt that they share. */
    @Benchmark
    public void sweepAttention() {
        in(() -> Attention.attendWithOwn(queries, keys, keys.clone(), own, own, mask, compute));
    }

    /** Before every part of a decoder layer. */
    @Benchmark
    public void rmsNorm() {
        in(() -> Ops.rmsNorm(x, norm, 1e-5, compute));
    }

    /** Between the layers of the MLP. */
    @Benchmark
    public void swiglu() {
        in(() -> Ops.swiglu(wide, wide));
    }

    private static void in(Runnable kernel) {
        try (sightline.tensor.Scope call = sightline.tensor.Scope.open()) {
            kernel.run();
        }
    }

    /** Runs the kernels whose name holds the property {@code sightline.jmh}; all without it. */
    @Test
    void run() throws RunnerException {
        String include = KernelBenchmarks.class.getName() + ".*" + System.getProperty("sightline.jmh", "");
        assertThat(new Runner(new OptionsBuilder().include(include).build()).run())
                .isNotEmpty();
    }
}
