package sightline.tensor;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** The native engine's files: which kind is taken, and that each is whole before one is loaded. */
final class NativeFiles {
    private static final List<String> OPENBLAS =
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");
    private static final List<String> LIBTORCH =
            List.of("libgomp.so.1", library("c10"), library("torch_cpu"), library("c10_cuda"), library("torch_cuda"));

    private NativeFiles() {}

    private static String library(String name) {
        return System.mapLibraryName(name);
    }

    /**
     * Takes the CPU's natives where both kinds are on the class path, unless the other kind is asked for: those for CUDA do
     * not load without NVIDIA's libraries.
     */
    static void choose() {
        if (System.getProperty(NativeEngine.NATIVES) == null) {
            String own = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library("jnitorch");
            System.setProperty(
                    NativeEngine.NATIVES, Loader.class.getResource(own) == null ? NativeEngine.FOR_CUDA : "");
        }
        Loader.loadProperties(true); // it may have read the property before
    }

    /**
     * Unpacks the libraries that others need. JavaCPP unpacks each just before it loads it, and the dynamic linker follows
     * from one to the next: to a file that another process is writing at that moment, which ends this one.
     */
    static void unpack() {
        String kind = System.getProperty(NativeEngine.NATIVES);
        unpack("/org/bytedeco/openblas/" + Loader.getPlatform() + "/", OPENBLAS);
        unpack("/org/bytedeco/pytorch/" + Loader.getPlatform() + kind + "/", LIBTORCH);
    }

    /** Those of them that there are: names and number differ between systems. */
    private static void unpack(String folder, List<String> names) {
        try {
            for (String name : names) {
                Loader.cacheResource(Loader.class, folder + name);
            }
        } catch (IOException e) {
            // JavaCPP meets the same trouble when it loads them, and tells it.
        }
    }
}
