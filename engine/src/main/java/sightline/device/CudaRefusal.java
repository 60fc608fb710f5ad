package sightline.device;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sightline.error.InputException;

/** Why a card cannot be used, as one line for the user. */
final class CudaRefusal {
    private static final String PLACE = "--device";
    private static final Pattern LACKING =
            Pattern.compile("(lib[\\w.+-]+?\\.so[\\w.]*): cannot open shared object file");

    private CudaRefusal() {}

    static InputException noCard(CudaDriver driver) {
        return driver.version().isPresent()
                ? refusal(
                        "NVIDIA's driver " + driver.version().get()
                                + " is loaded, but there is no /dev/nvidia0 to open",
                        "a card that this process may open",
                        "In a container, start it with the card (docker run --gpus all), or use --device cpu",
                        null)
                : refusal(
                        "this machine has no NVIDIA card with a driver (neither /dev/nvidia0 nor"
                                + " /proc/driver/nvidia)",
                        "a Linux machine with an NVIDIA card",
                        "Use --device cpu",
                        null);
    }

    static InputException noCudaHalf(String natives) {
        return refusal(
                "the engine's CUDA half is not there (" + natives + ")",
                "org.bytedeco:pytorch for CUDA on the class path, which ./sightline fetches where it sees a card",
                "Start ./sightline with SIGHTLINE_CUDA=yes, or use --device cpu",
                null);
    }

    /** NVIDIA's libraries are not all there. */
    static InputException missing(CudaLibraries libraries) {
        List<CudaLibrary> missing = libraries.missing();
        String names = missing.stream().map(CudaLibrary::file).collect(Collectors.joining(", "));
        return refusal(
                names + (missing.size() == 1 ? " is" : " are") + " missing; looked in "
                        + String.join(", ", libraries.searched()),
                "NVIDIA's libraries for CUDA 13",
                "Bring " + (missing.size() == 1 ? "it" : "them")
                        + " with `sightline cuda`, or name the folder that has them in " + SearchPlaces.VARIABLE,
                null);
    }

    /** The dynamic linker refused the engine's CUDA half. */
    static InputException notLoaded(LinkageError error, CudaLibraries libraries) {
        String said = String.valueOf(error.getMessage());
        Matcher match = LACKING.matcher(said);
        if (!match.find()) {
            return refusal(
                    "the engine's CUDA half does not load: " + said,
                    "libraries of CUDA 13",
                    "Name a folder of libraries that fit in " + SearchPlaces.VARIABLE + ", or use --device cpu",
                    error);
        }
        String file = match.group(1);
        if (file.equals(CudaLibraries.OF_DRIVER)) {
            return noDriverLibrary(error);
        }
        return refusal(
                file + " is missing, and the engine's CUDA half needs it; looked in "
                        + String.join(", ", libraries.searched()),
                "libraries of CUDA 13",
                "Name the folder that has it in " + SearchPlaces.VARIABLE + ", or use --device cpu",
                error);
    }

    private static InputException noDriverLibrary(Throwable cause) {
        return refusal(
                CudaLibraries.OF_DRIVER + " is missing, which is part of NVIDIA's driver",
                "the driver's libraries beside its kernel module",
                "Install the driver's libraries, or in a container start it with the card (docker run --gpus all)",
                cause);
    }

    /** All is loaded, and yet the engine finds no card that it can use. */
    static InputException noUsableCard(CudaDriver driver, CudaLibraries libraries, Optional<String> visible) {
        if (driver.tooOld()) {
            return refusal(
                    "NVIDIA's driver " + driver.version().get() + " is too old for CUDA 13",
                    "driver " + CudaDriver.LEAST + " or newer",
                    "Update the driver, or use --device cpu",
                    null);
        }
        if (libraries.ofDriver().isEmpty()) {
            return noDriverLibrary(null);
        }
        if (visible.isPresent()) {
            return refusal(
                    "the engine finds no card; CUDA_VISIBLE_DEVICES is '" + visible.get() + "'",
                    "a card that this variable does not hide",
                    "Unset it, or use --device cpu",
                    null);
        }
        return refusal(
                "the engine finds no card that it can use, though a driver is there ("
                        + driver.version().orElse("of unknown version") + ")",
                "a card that nvidia-smi lists",
                "See what `nvidia-smi` says, or use --device cpu",
                null);
    }

    /** A library of NVIDIA's is there and does not load. */
    static InputException unusable(Path file) {
        return refusal(
                file + " does not load",
                "a library of CUDA 13 for this processor",
                "Name a folder of libraries that fit in " + SearchPlaces.VARIABLE + ", or use --device cpu",
                null);
    }

    /** The engine was loaded for the CPU before, which cannot be undone. */
    static InputException cpuFirst() {
        return refusal(
                "the engine was loaded for the CPU before a card was asked for",
                "a process that takes the card first",
                "Load the model on the card before any on the CPU, or use --device cpu",
                null);
    }

    /** The first computation on the card failed. */
    static InputException notComputing(CudaDriver driver, RuntimeException failure) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String card = driver.cards().isEmpty() ? "the card" : String.join(", ", driver.cards());
        if (said.contains("no kernel image")) {
            return refusal(
                    "this build has no machine code for " + card,
                    "a card of compute capability 7.5, 8.0, 8.6, 8.9, 9.0, 10.0 or 12.0",
                    "Use --device cpu",
                    failure);
        }
        Optional<String> full = CardMemory.exhausted(failure);
        if (full.isPresent()) {
            return refusal(full.get(), "room on " + card, CardMemory.NEXT_STEP, failure);
        }
        return refusal(
                card + " cannot compute: " + said,
                "a card that is free and in order",
                "See what `nvidia-smi` says, or use --device cpu",
                failure);
    }

    private static InputException refusal(String problem, String expected, String nextStep, Throwable cause) {
        return new InputException(PLACE, problem, expected, nextStep, cause);
    }
}
