package sightline.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import sightline.error.InputException;

/**
 * Where NVIDIA's libraries are on a machine.
 *
 * <p>Each is taken from the first place that has it: the folder that {@code SIGHTLINE_CUDA_LIBS} names, the loader's
 * path, {@code /usr/local/cuda}, the Python environment's packages, our own folder, and jars on the class path.
 */
public final class CudaLibraries {
    /**
     * A library that was found.
     *
     * @param file where the library is
     * @param place what that place is called
     */
    public record Found(Path file, String place) {}

    /** The library of NVIDIA's driver, through which all others reach the card. */
    public static final String OF_DRIVER = "libcuda.so.1";

    private static final String JARS = "jars on the class path";

    private final List<String> searched;
    private final Map<CudaLibrary, Found> found;
    private final Optional<Path> ofDriver;

    private CudaLibraries(List<String> searched, Map<CudaLibrary, Found> found, Optional<Path> ofDriver) {
        this.searched = searched;
        this.found = found;
        this.ofDriver = ofDriver;
    }

    /**
     * @param jars takes a library's file name and gives its copy out of jars on the class path, if they hold it
     * @throws InputException if {@code SIGHTLINE_CUDA_LIBS} names no folder
     */
    static CudaLibraries find(Machine machine, Function<String, Optional<Path>> jars) {
        List<SearchPlaces.Place> places = SearchPlaces.of(machine);
        Map<CudaLibrary, Found> found = new EnumMap<>(CudaLibrary.class);
        for (CudaLibrary library : CudaLibrary.values()) {
            in(places, library)
                    .or(() -> jars.apply(library.file()).map(file -> new Found(file, JARS)))
                    .ifPresent(each -> found.put(library, each));
        }
        List<String> searched = new ArrayList<>();
        places.forEach(place -> searched.add(place.name()));
        searched.add(JARS);
        Optional<Path> ofDriver = SearchPlaces.loader(machine).stream()
                .map(folder -> folder.resolve(OF_DRIVER))
                .filter(Files::isRegularFile)
                .findFirst();
        return new CudaLibraries(searched, found, ofDriver);
    }

    /** The first; of those that may be CUDA 12's the first that lies beside, or at least in one place with, CUDA 13's. */
    private static Optional<Found> in(List<SearchPlaces.Place> places, CudaLibrary library) {
        List<Found> all = new ArrayList<>();
        List<Found> near = new ArrayList<>();
        List<Found> beside = new ArrayList<>();
        for (SearchPlaces.Place place : places) {
            boolean given = place.name().equals(SearchPlaces.VARIABLE);
            boolean has13 = given || place.folders().stream().anyMatch(CudaLibraries::holds13);
            for (Path folder : place.folders()) {
                Path file = folder.resolve(library.file());
                if (Files.isRegularFile(file)) {
                    Found found = new Found(file, place.name());
                    all.add(found);
                    if (has13) {
                        near.add(found);
                    }
                    if (given || holds13(folder)) {
                        beside.add(found);
                    }
                }
            }
        }
        if (library.namedAlike()) {
            return Stream.of(beside, near, all).flatMap(List::stream).findFirst();
        }
        return all.stream().findFirst();
    }

    private static boolean holds13(Path folder) {
        return Stream.of(CudaLibrary.RUNTIME, CudaLibrary.CUBLAS)
                .anyMatch(sure -> Files.isRegularFile(folder.resolve(sure.file())));
    }

    /** Where a library is; empty if it was not found. */
    public Optional<Found> where(CudaLibrary library) {
        return Optional.ofNullable(found.get(library));
    }

    /** Where {@link #OF_DRIVER} is on the loader's path; empty if it was not found there. */
    public Optional<Path> ofDriver() {
        return ofDriver;
    }

    /** Those that were not found. */
    public List<CudaLibrary> missing() {
        return List.of(CudaLibrary.values()).stream()
                .filter(library -> !found.containsKey(library))
                .toList();
    }

    /** The places that were searched, in their order, as told to the user. */
    public List<String> searched() {
        return searched;
    }

    /** The files to load, those first that others need; cuDNN's parts, which it opens by name, behind it. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (CudaLibrary library : CudaLibrary.values()) {
            where(library).map(Found::file).ifPresent(file -> {
                files.add(file);
                if (library == CudaLibrary.CUDNN) {
                    files.addAll(SearchPlaces.matching(file.toAbsolutePath().getParent(), "libcudnn_*.so.9"));
                }
            });
        }
        return files;
    }
}
