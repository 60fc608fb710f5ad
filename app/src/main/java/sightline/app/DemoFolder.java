package sightline.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.WholeFile;
import sightline.training.DemoCheckpoint;

/** The folder of a demo: checkpoint, datasets, studies and report. */
final class DemoFolder {
    /** Begun first, so that a folder with this file is one of ours, whenever it was left. */
    private static final String SUMMARY = "summary.json";

    private static final List<String> OURS = List.of("checkpoint", "data", "studies", "report", SUMMARY);

    private final Path path;

    private DemoFolder(Path path) {
        this.path = path;
    }

    /**
     * An empty one; an earlier demo there is deleted.
     *
     * @throws InputException if it holds something else, or cannot be written
     */
    static DemoFolder begin(Path path) {
        DemoFolder folder = new DemoFolder(path);
        try {
            folder.requireOurs();
            Files.createDirectories(path);
            Path summary = path.resolve(SUMMARY);
            if (!Files.exists(summary)) {
                Files.createFile(summary);
            }
            for (String name : OURS) {
                if (!name.equals(SUMMARY)) {
                    delete(path.resolve(name));
                }
            }
            Files.write(summary, new byte[0]);
            return folder;
        } catch (IOException | UncheckedIOException e) {
            throw folder.unwritable(e);
        }
    }

    private void requireOurs() throws IOException {
        if (Files.isRegularFile(path)) {
            throw new InputException("--out", "is the file " + path, "a folder for the demo", "Choose another name");
        }
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            if (!names.isEmpty() && !(OURS.containsAll(names) && isSummary(path.resolve(SUMMARY)))) {
                throw new InputException(
                        "--out",
                        path + " holds something else than a demo",
                        "a new or empty folder, or one with an earlier demo",
                        "Choose another name");
            }
        }
    }

    /** Empty while a demo runs, or if it was ended; otherwise as {@link DemoSummary#json} writes it. */
    private static boolean isSummary(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (Files.size(file) == 0) {
            return true;
        }
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            return json.path("accuracy").isObject() && json.has("samples") && json.has("seconds");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private InputException unwritable(Exception e) {
        return new InputException(
                "--out",
                path + " cannot be written: " + e.getMessage(),
                "a folder that can, with 50 MB free",
                "Choose another with --out",
                e);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Unpacks the model: weights are mapped from files, and {@code ask} can be tried on it. */
    void writeCheckpoint() {
        try {
            Files.createDirectories(checkpoint());
            for (String name : DemoCheckpoint.FILES) {
                try (InputStream in = DemoCheckpoint.open(name)) {
                    Files.copy(in, checkpoint().resolve(name));
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Says what came of it. */
    void write(DemoSummary summary) {
        WholeFile.write(path.resolve(SUMMARY), out -> out.write(new ObjectMapper().writeValueAsBytes(summary.json())));
    }

    Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /** The three datasets. */
    Path data() {
        return path.resolve("data");
    }

    Path study(Dataset dataset) {
        return path.resolve("studies").resolve(dataset.toString());
    }

    /** The runs: one of each style in which an answer was right. */
    List<Path> runs() {
        return Arrays.stream(Dataset.values())
                .map(dataset -> StudyPlan.run(study(dataset)))
                .filter(Files::isDirectory)
                .toList();
    }

    Path report() {
        return path.resolve("report");
    }
}
