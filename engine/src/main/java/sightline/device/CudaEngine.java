package sightline.device;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import sightline.error.InputException;
import sightline.tensor.Compute;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;
import sightline.tensor.NativeEngine;
import sightline.tensor.Scope;

/**
 * Loads libtorch's CUDA half. Not tried on a card by any test.
 *
 * <p>Even libtorch's CPU half is another one in a build for CUDA, and does not load without NVIDIA's libraries; so they
 * come first, and nothing is loaded unless all are there. JavaCPP loads the CUDA half ahead of the libraries that it needs
 * and passes over its failure: it would load only where an earlier process has left those libraries beside it. And
 * libtorch looks for its CUDA half once, when it is first asked for a card: it must be there by then.
 */
final class CudaEngine {
    private static final List<String> HALF = List.of("libc10_cuda.so", "libtorch_cuda.so");

    /** Without these not even libtorch's CPU half of a build for CUDA loads. */
    private static final List<CudaLibrary> NEEDED_BY_CPU_HALF = List.of(CudaLibrary.RUNTIME, CudaLibrary.CUPTI);

    private CudaEngine() {}

    /** The folder of the CUDA half within its jar. */
    static String natives() {
        return "/org/bytedeco/pytorch/" + Loader.getPlatform() + NativeEngine.FOR_CUDA + "/";
    }

    /** Whether its jar is on the class path. */
    static boolean isBuiltIn() {
        return HALF.stream().allMatch(name -> holds(natives() + name));
    }

    /** Looked up beside a class of JavaCPP's, since libtorch's own classes would load it. */
    private static boolean holds(String resource) {
        return Loader.class.getResource(resource) != null;
    }

    /** The copy of one of NVIDIA's libraries that a jar on the class path holds. JavaCPP makes it under a lock of its own. */
    static Optional<Path> fromJars(String file) {
        String resource = "/org/bytedeco/cuda/" + Loader.getPlatform() + "/" + file;
        return holds(resource) ? Optional.of(extracted(resource)) : Optional.empty();
    }

    private static Path extracted(String resource) {
        try {
            File file = Loader.cacheResource(Loader.class, resource);
            if (file == null) {
                throw new InputException(
                        "--device",
                        "the engine's cache folder cannot be written to, for " + resource,
                        "a folder for libraries, ~/.javacpp or org.bytedeco.javacpp.cachedir",
                        "Make it writable, or use --device cpu");
            }
            return file.toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads the CUDA half.
     *
     * @throws InputException if that cannot be done, or it finds no card; it says why
     */
    static void start(Machine machine, CudaDriver driver, CudaLibraries libraries) {
        if (!libraries.missing().isEmpty()) {
            throw CudaRefusal.missing(libraries);
        }
        List<Path> refused = inRounds(
                libraries.files(), file -> System.load(file.toAbsolutePath().toString()));
        for (CudaLibrary library : NEEDED_BY_CPU_HALF) {
            Path file = libraries.where(library).orElseThrow().file();
            if (refused.contains(file)) {
                throw CudaRefusal.unusable(file);
            }
        }
        for (String name : HALF) {
            extracted(natives() + name); // while the CPU can still take over: what is loaded stays
        }
        System.setProperty(NativeEngine.NATIVES, NativeEngine.FOR_CUDA);
        try {
            NativeEngine.load(); // libc10 and libtorch_cpu, on which the CUDA half lies
            if (!NativeEngine.isForCuda()) {
                throw CudaRefusal.cpuFirst();
            }
            for (String name : HALF) {
                System.load(extracted(natives() + name).toString());
            }
        } catch (LinkageError e) {
            throw CudaRefusal.notLoaded(e, libraries);
        }
        if (!torch.cuda_is_available()) {
            throw CudaRefusal.noUsableCard(driver, libraries, machine.variable("CUDA_VISIBLE_DEVICES"));
        }
    }

    /**
     * Computes on a card, once the CUDA half is loaded.
     *
     * @throws InputException if it cannot; it says why
     */
    static void tryOut(ComputeDevice card, CudaDriver driver) {
        try (Scope scope = Scope.open()) {
            new Compute(card, DType.FLOAT32)
                    .empty(DType.FLOAT32, 1)
                    .zero_()
                    .add_(new Scalar(1.0))
                    .cpu();
        } catch (RuntimeException e) {
            throw CudaRefusal.notComputing(driver, e);
        }
    }

    /**
     * Loads libraries that may need each other: what fails is tried again once others are there. What never loads is
     * passed over, since not each is needed; if one was, the dynamic linker names it when the CUDA half is loaded.
     *
     * @return those that did not load
     */
    static List<Path> inRounds(List<Path> files, Consumer<Path> loader) {
        List<Path> left = files;
        int before;
        do {
            before = left.size();
            List<Path> failed = new ArrayList<>();
            for (Path file : left) {
                try {
                    loader.accept(file);
                } catch (UnsatisfiedLinkError e) {
                    failed.add(file);
                }
            }
            left = failed;
        } while (!left.isEmpty() && left.size() < before);
        return left;
    }
}
