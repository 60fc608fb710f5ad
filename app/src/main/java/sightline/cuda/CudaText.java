package sightline.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.device.Cuda;
import sightline.device.CudaDriver;
import sightline.device.CudaLibraries;
import sightline.device.CudaLibrary;
import sightline.terminal.Look;
import sightline.terminal.Note;

/** What this machine has for computing on a card: one thing a line, and what brings it where it is missing. */
public final class CudaText {
    private static final int NAME = 20;

    private CudaText() {}

    /** The driver, the cards, the engine, NVIDIA's libraries, and where they were looked for. */
    public static List<String> machine() {
        return lines(Cuda.driver(), Cuda.builtIn(), Cuda.libraries());
    }

    /** @param builtIn whether the engine's CUDA half is on the class path */
    static List<String> lines(CudaDriver driver, boolean builtIn, CudaLibraries libraries) {
        List<String> lines = new ArrayList<>(List.of("CUDA"));
        lines.addAll(
                line("driver", driver.version().orElse(driver.present() ? "of unknown version" : driverMissing())));
        lines.addAll(line("card", cards(driver)));
        lines.addAll(line(
                CudaLibraries.OF_DRIVER,
                libraries.ofDriver().map(Object::toString).orElse(driverMissing())));
        lines.addAll(line("engine", builtIn ? "has its CUDA half" : "no CUDA half; ./sightline fetches it for a card"));
        for (CudaLibrary library : CudaLibrary.values()) {
            lines.addAll(library(library, libraries));
        }
        lines.addAll(line("looked in", String.join(", ", libraries.searched())));
        return lines;
    }

    private static String driverMissing() {
        return "not found; NVIDIA's driver brings it";
    }

    private static String cards(CudaDriver driver) {
        if (!driver.device()) {
            return "not found; in a container, start it with one (--gpus all)";
        }
        return driver.cards().isEmpty() ? "found" : String.join(", ", driver.cards());
    }

    /** A path stays whole, however long. */
    private static List<String> library(CudaLibrary library, CudaLibraries libraries) {
        return libraries
                .where(library)
                .map(found -> List.of(start(library.file()) + found.file()))
                .orElseGet(() -> line(
                        library.file(),
                        "not found; `sightline cuda`: " + library.wheel() + ", " + size(library.megabytes())));
    }

    /** @param megabytes units of 10^6 bytes */
    static String size(int megabytes) {
        return megabytes < 1000 ? megabytes + " MB" : String.format(Locale.ROOT, "%.1f GB", megabytes / 1000.0);
    }

    private static List<String> line(String name, String value) {
        List<String> lines = new ArrayList<>();
        for (String part : Note.wrapped(value, Look.WIDTH - NAME - 2)) {
            lines.add(start(lines.isEmpty() ? name : "") + part);
        }
        return lines;
    }

    private static String start(String name) {
        return "  " + String.format(Locale.ROOT, "%-" + NAME + "s", name);
    }
}
