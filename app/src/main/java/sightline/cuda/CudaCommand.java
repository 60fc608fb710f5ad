package sightline.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.device.Cuda;
import sightline.device.CudaLibraries;
import sightline.device.CudaLibrary;
import sightline.device.Machine;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.WorkLock;

/** Brings those of NVIDIA's libraries that this machine lacks. */
@Command(
        name = "cuda",
        description = {
            "Says which of NVIDIA's libraries for CUDA 13 this machine has, and fetches those that it lacks.",
            "",
            "They are fetched by pip, from where it is set up to fetch, into ~/.cache/sightline/cuda (or below"
                    + " XDG_CACHE_HOME). That needs Python but no root, and changes no Python environment. The driver is"
                    + " not among them."
        },
        sortOptions = false)
public final class CudaCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Option(names = "--dry-run", description = "Only say what is there and what would be fetched.")
    private boolean dryRun;

    public CudaCommand(Console console) {
        this(console, Machine.here());
    }

    /** @param machine where the libraries are looked for */
    CudaCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() throws Exception {
        CudaLibraries libraries = Cuda.libraries(machine);
        console.print(CudaText.lines(Cuda.driver(machine), Cuda.builtIn(), libraries));
        Map<String, CudaLibrary> packages = packages(libraries.missing());
        if (packages.isEmpty()) {
            console.print(List.of("None of NVIDIA's libraries is missing."));
            return 0;
        }
        Path folder = machine.ownFolder()
                .orElseThrow(() -> new InputException(
                        "HOME",
                        "is not set",
                        "the folder below which libraries are kept",
                        "Set it, or XDG_CACHE_HOME"));
        int megabytes =
                packages.values().stream().mapToInt(CudaLibrary::megabytes).sum();
        console.print(List.of(
                "To fetch: " + count(packages.size()) + ", about " + CudaText.size(megabytes) + ", into " + folder));
        if (!dryRun) {
            fetch(packages, folder);
            console.print(List.of("All of NVIDIA's libraries are there."));
        }
        return 0;
    }

    private static String count(int packages) {
        return packages == 1 ? "1 package" : packages + " packages";
    }

    /** One library of each package. */
    private static Map<String, CudaLibrary> packages(List<CudaLibrary> libraries) {
        Map<String, CudaLibrary> packages = new LinkedHashMap<>();
        libraries.forEach(library -> packages.putIfAbsent(library.wheel(), library));
        return packages;
    }

    private void fetch(Map<String, CudaLibrary> packages, Path folder) throws Exception {
        Folders.make(folder);
        Optional<WorkLock> lock = WorkLock.tryTake(folder.resolve("lock"));
        if (lock.isEmpty()) {
            throw new InputException(
                    folder.toString(), "another process fetches into it", "to be alone", "Wait until it is done");
        }
        try (WorkLock held = lock.get()) {
            Pip pip = Pip.found(machine);
            List<CudaLibrary> all = new ArrayList<>(packages.values());
            for (int i = 0; i < all.size(); i++) {
                CudaLibrary library = all.get(i);
                console.note("fetching " + library.wheel() + " (" + (i + 1) + " of " + all.size() + ", about "
                        + CudaText.size(library.megabytes()) + ")");
                pip.install(library, folder);
            }
        }
        List<CudaLibrary> missing = Cuda.libraries(machine).missing();
        if (!missing.isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "lacks " + missing.get(0).file() + ", though "
                            + missing.get(0).wheel() + " was fetched",
                    "packages of CUDA 13 for this processor",
                    "See which version pip brought");
        }
    }
}
