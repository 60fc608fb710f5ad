package sightline.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch once, with the settings that must be in place before it loads.
 *
 * <p>Java cannot set its own process's environment, so the launcher (and Surefire) set the variables listed in
 * {@link #ENVIRONMENT}; a library user who forgets them gets the same numbers more slowly, and {@link #unsetEnvironment()}
 * tells which are missing.
 */
public final class NativeEngine {
    /** Environment variables and the values that make the native engine fast; measured in docs/engine.md. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of("OMP_WAIT_POLICY", "passive", "THP_MEM_ALLOC_ENABLE", "1");

    /**
     * The system property that names the kind of natives: {@link #FOR_CUDA}, or empty for the CPU's. Read when the engine is
     * loaded.
     */
    public static final String NATIVES = "org.bytedeco.javacpp.platform.extension";

    /** The kind of natives that can compute on a card. */
    public static final String FOR_CUDA = "-gpu";

    private static final boolean FOR_CUDA_LOADED;
    private static final boolean FAST_BFLOAT16;
    private static final boolean FUSED_BFLOAT16;
    private static final int THREADS;

    static {
        // Without this, JavaCPP reads the process's memory at every allocation (1.3 -> 3 microseconds an operation).
        // Nothing then collects leaked tensors: every tensor must live in a Scope.
        setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        NativeFiles.choose();
        FOR_CUDA_LOADED = FOR_CUDA.equals(System.getProperty(NATIVES));
        NativeFiles.unpack();
        try (BytePointer capability = torch.get_cpu_capability()) {
            // oneDNN multiplies bf16 matrices natively from AVX-512 on; below, a reference loop runs at a tenth.
            FAST_BFLOAT16 = capability.getString().startsWith("AVX512");
        }
        FUSED_BFLOAT16 = FAST_BFLOAT16 && hasMatrixTiles();
        THREADS = torch.get_num_threads();
    }

    private NativeEngine() {}

    /** The engine does not say whether it found AMX; where the processor's flags cannot be read, it counts as missing. */
    private static boolean hasMatrixTiles() {
        Path flags = Path.of("/proc/cpuinfo");
        try (Stream<String> lines = Files.lines(flags)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .filter(line -> line.contains(" amx_bf16"))
                    .isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Whether the natives that were loaded can compute on a card. */
    public static boolean isForCuda() {
        return FOR_CUDA_LOADED;
    }

    /** Makes sure that the native libraries are loaded, with their settings. Cheap after the first call. */
    public static void load() {
        // The static initialiser does the work.
    }

    /** Whether this processor multiplies bfloat16 matrices natively. */
    public static boolean fastBfloat16() {
        return FAST_BFLOAT16;
    }

    /**
     * Whether the engine's fused attention is fast in bfloat16: only where the processor multiplies tiles (AMX), elsewhere
     * it falls back to a loop thirty times slower.
     */
    static boolean fusedBfloat16() {
        return FUSED_BFLOAT16;
    }

    /** Threads that one operation may use unless something is set: as many as there are cores, or as the user set. */
    static int allThreads() {
        return THREADS;
    }

    /** Threads that one operation of the current thread may use. */
    public static int threads() {
        return torch.get_num_threads();
    }

    /** Resident memory of this process, in bytes. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }

    /** Variables of {@link #ENVIRONMENT} that are not set as they should be, as {@code NAME=value}. */
    public static List<String> unsetEnvironment() {
        List<String> unset = new ArrayList<>();
        ENVIRONMENT.forEach((name, value) -> {
            if (!value.equals(System.getenv(name))) {
                unset.add(name + "=" + value);
            }
        });
        unset.sort(null);
        return unset;
    }
}
