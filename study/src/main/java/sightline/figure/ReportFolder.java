package sightline.figure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.OwnFiles;
import sightline.files.WholeFile;

/** The files of a report. Only what an earlier report has written there is replaced or deleted. */
final class ReportFolder implements AutoCloseable {
    private final Path path;
    private final OwnFiles own;
    private final List<Path> written = new ArrayList<>();

    private ReportFolder(Path path) {
        this.path = path;
        this.own = OwnFiles.in(path);
    }

    /**
     * Makes it. What an earlier report has left stays until it is replaced.
     *
     * @throws InputException if it holds something else
     */
    static ReportFolder prepare(Path path) {
        requireOurs(path);
        Folders.make(path);
        ReportFolder folder = new ReportFolder(path);
        Folders.make(folder.figures());
        return folder;
    }

    /** Refuses a folder that a report cannot go into; changes nothing. */
    static void requireOurs(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException(path.toString(), "is a file", "a folder for the report", "Choose another name");
        }
        try (OwnFiles own = OwnFiles.in(path)) {
            Optional<Path> foreign = own.firstForeign(path, ReportFolder::isHidden);
            if (foreign.isPresent()) {
                Path name = path.relativize(foreign.get());
                throw new InputException(
                        path.toString(),
                        own.isListed(foreign.get())
                                ? name + " was changed since a report wrote it, and would be lost"
                                : "holds something else than a report: " + name,
                        "a new or empty folder, or one with nothing but an earlier report",
                        "Choose another name, or move that file away");
            }
        }
    }

    /** Nothing of a report is; what is stays. */
    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    Path page() {
        return path.resolve("report.html");
    }

    Path curves() {
        return path.resolve("curves.csv");
    }

    /** What holds under other settings. */
    Path stability() {
        return path.resolve("stability.csv");
    }

    /** What the figures in the published style show. */
    Path published() {
        return path.resolve("published.csv");
    }

    /** What pathways are worth alone and together. */
    Path wholeDepth() {
        return path.resolve("whole_depth.csv");
    }

    /** What the numbers are held against. */
    Path controls() {
        return path.resolve("controls.csv");
    }

    /** Where a pathway alone is enough. */
    Path kept() {
        return path.resolve("kept.csv");
    }

    /** What cuts of every range of layers take. */
    Path triangle() {
        return path.resolve("triangle.csv");
    }

    /** How categories differ. */
    Path contrasts() {
        return path.resolve("contrasts.csv");
    }

    /** What silenced heads take. */
    Path heads() {
        return path.resolve("heads.csv");
    }

    /** What shares of the heads carry together. */
    Path headCurves() {
        return path.resolve("head_curves.csv");
    }

    /** What cutting the answers' regions takes. */
    Path regions() {
        return path.resolve("regions.csv");
    }

    /** What was read inside decoders. */
    Path inside() {
        return path.resolve("inside.csv");
    }

    private Path figures() {
        return path.resolve("figures");
    }

    /** Writes one of the texts. */
    void text(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a figure's file of a name. */
    void figure(String name, WholeFile.Content content) {
        write(figures().resolve(name), content);
    }

    private void write(Path file, WholeFile.Content content) {
        WholeFile.write(file, own, content);
        written.add(file);
    }

    /** All is written: takes away what is left of an earlier report of another style, or of more runs. */
    void finish() {
        own.deleteAllBut(written);
    }

    /** All files, in the order in which they were written. */
    List<Path> written() {
        return List.copyOf(written);
    }

    @Override
    public void close() {
        own.close();
    }
}
