package sightline.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.error.InputException;

/**
 * A run beside others.
 *
 * @param folder the run's
 * @param name what to call it
 * @param manifest what it is
 */
public record NamedRun(Path folder, String name, Manifest manifest) {
    public NamedRun {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(name);
        Objects.requireNonNull(manifest);
    }

    /**
     * Reads the manifests of runs that stand side by side.
     *
     * @throws InputException if a folder is given twice or is none of a run, or its manifest cannot be used
     */
    public static List<NamedRun> read(List<Path> folders) {
        List<String> names = RunNames.of(folders);
        return IntStream.range(0, folders.size())
                .mapToObj(run -> read(folders.get(run), names.get(run)))
                .toList();
    }

    /** The run in this one's folder in which shares of the heads are kept and cut; empty if there is none, or none yet. */
    public Optional<NamedRun> secondRound() {
        Path second = new RunFolder(folder).headCurves();
        return manifest.settings().additions().silencesEachHead() && Files.exists(new RunFolder(second).manifest())
                ? Optional.of(read(second, name))
                : Optional.empty();
    }

    private static NamedRun read(Path path, String name) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.manifest())) {
            String problem = Files.isDirectory(path)
                    ? "holds no manifest.json"
                    : Files.exists(path) ? "is a file" : "does not exist";
            throw new InputException(
                    path.toString(), problem, "a run's folder, as `sightline trace` makes it", "Check the name");
        }
        return new NamedRun(path, name, Manifest.read(folder));
    }
}
