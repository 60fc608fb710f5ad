package sightline.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sightline.error.InputException;

/** The places where NVIDIA's libraries may lie, in the order in which they are looked through. */
final class SearchPlaces {
    /** The variable that names a folder of the user's. */
    static final String VARIABLE = "SIGHTLINE_CUDA_LIBS";

    private static final List<String> LOADER_DEFAULTS = List.of(
            "/lib/x86_64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/lib64",
            "/usr/lib64",
            "/lib",
            "/usr/lib");
    private static final List<String> TOOLKIT = List.of(
            "/usr/local/cuda/lib64",
            "/usr/local/cuda/targets/x86_64-linux/lib",
            "/usr/local/cuda/targets/sbsa-linux/lib",
            "/usr/local/cuda/extras/CUPTI/lib64");

    /**
     * @param name what it is called where it is told where was looked
     * @param folders its folders that exist, in the order of search
     */
    record Place(String name, List<Path> folders) {}

    private SearchPlaces() {}

    /** @throws InputException if the user's folder is none */
    static List<Place> of(Machine machine) {
        List<Place> places = new ArrayList<>();
        machine.variable(VARIABLE).ifPresent(given -> places.add(new Place(VARIABLE, given(given))));
        places.add(new Place("the loader's path", loader(machine)));
        places.add(new Place("/usr/local/cuda", there(machine, TOOLKIT)));
        places.add(new Place("Python's packages", python(machine)));
        machine.ownFolder().ifPresent(own -> places.add(new Place(own.toString(), wheels(own))));
        return places;
    }

    private static List<Path> given(String value) {
        Path folder = Path.of(value);
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    VARIABLE, "is '" + value + "'", "a folder with NVIDIA's libraries", "Name one, or unset it");
        }
        List<Path> folders = new ArrayList<>(List.of(folder));
        folders.addAll(packages(folder));
        return folders;
    }

    /** The folders that the dynamic linker looks through. */
    static List<Path> loader(Machine machine) {
        Set<Path> folders = new LinkedHashSet<>();
        machine.folders("LD_LIBRARY_PATH").stream().filter(Files::isDirectory).forEach(folders::add);
        List<Path> files = new ArrayList<>(List.of(machine.at("/etc/ld.so.conf")));
        files.addAll(matching(machine.at("/etc/ld.so.conf.d"), "*.conf"));
        for (Path file : files) {
            folders.addAll(there(machine, configured(file)));
        }
        folders.addAll(there(machine, LOADER_DEFAULTS));
        return List.copyOf(folders);
    }

    /** The folders of a file of ld.so.conf's form; what it includes is read by its own name. */
    private static List<String> configured(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                            .map(String::strip)
                            .filter(line -> line.startsWith("/"))
                            .toList()
                    : List.of();
        } catch (IOException e) { // one that we may not read
            return List.of();
        }
    }

    private static List<Path> python(Machine machine) {
        Set<Path> folders = new LinkedHashSet<>();
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            machine.variable(variable).map(Path::of).ifPresent(environment -> {
                for (Path version : matching(environment.resolve("lib"), "python3*")) {
                    folders.addAll(packages(version.resolve("site-packages")));
                }
            });
        }
        machine.variable("CONDA_PREFIX") // Conda's own packages of CUDA
                .map(prefix -> Path.of(prefix, "lib"))
                .filter(Files::isDirectory)
                .ifPresent(folders::add);
        machine.pythonPath().get().forEach(path -> folders.addAll(packages(path)));
        return List.copyOf(folders);
    }

    /** What pip brought into our own folder: each package lies in a folder of its own. */
    private static List<Path> wheels(Path own) {
        return matching(own, "*").stream()
                .flatMap(wheel -> packages(wheel).stream())
                .toList();
    }

    /** The library folders of NVIDIA's packages among Python's. */
    private static List<Path> packages(Path sitePackages) {
        return matching(sitePackages.resolve("nvidia"), "*").stream()
                .map(each -> each.resolve("lib"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<Path> there(Machine machine, List<String> folders) {
        return folders.stream().map(machine::at).filter(Files::isDirectory).toList();
    }

    /** By name; empty where the folder is missing or closed to us. */
    static List<Path> matching(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
                entries.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                return List.of();
            }
        }
        found.sort(null);
        return found;
    }
}
