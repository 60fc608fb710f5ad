package sightline.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.WholeFile;

/**
 * The files of a report.
 *
 * @param path the folder
 */
record ReportFolder(Path path) {
    private static final Pattern FIGURE = Pattern.compile("(curves|heat|paper)-.*\\.(svg|pdf|png)");

    Path page() {
        return path.resolve("report.html");
    }

    Path curves() {
        return path.resolve("curves.csv");
    }

    /** What the figures in the published style show. */
    Path published() {
        return path.resolve("published.csv");
    }

    Path figures() {
        return path.resolve("figures");
    }

    private List<Path> texts() {
        return List.of(page(), curves(), published());
    }

    /**
     * Makes it, and takes away what an earlier report has left of figures.
     *
     * @throws InputException if it holds something else
     */
    void prepare() throws IOException {
        if (Files.isRegularFile(path)) {
            throw new InputException(path.toString(), "is a file", "a folder for the report", "Choose another name");
        }
        Files.createDirectories(path);
        requireOurs();
        for (Path text : texts()) {
            Files.deleteIfExists(WholeFile.partial(text));
        }
        Files.createDirectories(figures());
        try (Stream<Path> old = Files.list(figures())) {
            for (Path file : old.filter(ReportFolder::isFigure).toList()) {
                Files.delete(file); // another style or fewer runs would leave figures that belong to nothing
            }
        }
        Files.deleteIfExists(published());
    }

    private static boolean isFigure(Path file) {
        return FIGURE.matcher(file.getFileName().toString()).matches();
    }

    /** By what is there, not by the page, which is written last: a report that was killed can be made again. */
    private void requireOurs() throws IOException {
        Set<Path> ours = new HashSet<>(texts());
        ours.add(figures());
        Optional<Path> other = Folders.other(
                path,
                name -> ours.contains(path.resolve(name)) || name.startsWith(".")); // desktops leave such, and kills
        if (other.isPresent()) {
            throw new InputException(
                    path.toString(),
                    "holds something else than a report: " + other.get().getFileName(),
                    "a new or empty folder, or one with an earlier report",
                    "Choose another name");
        }
    }
}
