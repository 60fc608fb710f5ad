package sightline.device;

import java.util.Optional;
import sightline.error.InputException;

/** The graphics cards of this machine, as far as Sightline can use them. */
public final class Cuda {
    /** Why they cannot be used, or nothing: found out once in a process, since loading cannot be undone. */
    private static Optional<InputException> refusal;

    private Cuda() {}

    /** NVIDIA's driver on this machine. Loads nothing. */
    public static CudaDriver driver() {
        return driver(Machine.here());
    }

    /** The driver on another machine, of which no more than its files is looked at. */
    public static CudaDriver driver(Machine machine) {
        return CudaDriver.of(machine);
    }

    /**
     * Where NVIDIA's libraries are on this machine. Loads nothing, but unpacks those that the build holds.
     *
     * @throws InputException if {@code SIGHTLINE_CUDA_LIBS} names no folder
     */
    public static CudaLibraries libraries() {
        return libraries(Machine.here());
    }

    /** NVIDIA's libraries on another machine, likewise. */
    public static CudaLibraries libraries(Machine machine) {
        return CudaLibraries.find(machine, CudaEngine::fromJars);
    }

    /** Whether the engine's CUDA half is on the class path. */
    public static boolean builtIn() {
        return CudaEngine.isBuiltIn();
    }

    /**
     * Makes sure that there is a card, and that what it takes to use it is loaded. Cheap after the first call.
     *
     * @throws InputException if that is not so; it says why, and what to do
     */
    public static synchronized void require() {
        if (refusal == null) {
            refusal = tried();
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private static Optional<InputException> tried() {
        Machine machine = Machine.here();
        CudaDriver driver = CudaDriver.of(machine);
        try {
            if (!driver.device()) {
                throw CudaRefusal.noCard(driver);
            }
            if (!CudaEngine.isBuiltIn()) {
                throw CudaRefusal.noCudaHalf(CudaEngine.natives());
            }
            CudaEngine.start(machine, driver, libraries());
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(e);
        }
    }
}
