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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.Json;
import sightline.files.WholeFile;
import sightline.files.WorkLock;
import sightline.training.DemoCheckpoint;

/** The folder of a demo: checkpoint, datasets, studies and report. Keeps other demos out until it is closed. */
final class DemoFolder implements AutoCloseable {
    /** Begun first, so that a folder with this file is one of ours, whenever it was left. */
    private static final String SUMMARY = "summary.json";

    private static final String LOCK = "demo.lock";

    private static final List<String> PARTS = List.of("checkpoint", "data", "studies", "report");
    private static final Set<String> OURS = Stream.concat(
                    PARTS.stream(),
                    Stream.of(
                            SUMMARY,
                            WholeFile.partial(Path.of(SUMMARY)).toString(),
                            LOCK,
                            ".DS_Store")) // a file manager leaves it
            .collect(Collectors.toUnmodifiableSet());

    private final Path path;
    private final WorkLock lock;

    private DemoFolder(Path path, WorkLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * An empty one; an earlier demo there is deleted.
     *
     * @throws InputException if it holds something else, is in use, or cannot be written
     */
    static DemoFolder begin(Path path) {
        try {
            requireOurs(path);
            Files.createDirectories(path);
            Path summary = path.resolve(SUMMARY);
            if (!Files.exists(summary)) {
                Files.createFile(summary);
            }
            WorkLock lock = WorkLock.tryTake(path.resolve(LOCK))
                    .orElseThrow(() -> new InputException(
                            "--out",
                            "another demo is running in " + path,
                            "one demo in a folder",
                            "Wait for its end, or choose another name"));
            DemoFolder folder = new DemoFolder(path, lock);
            try {
                folder.empty();
                return folder;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        } catch (UncheckedIOException e) {
            throw unwritable(path, e.getCause());
        }
    }

    private void empty() throws IOException {
        for (String name : PARTS) {
            delete(path.resolve(name));
        }
        Files.write(path.resolve(SUMMARY), new byte[0]);
    }

    private static void requireOurs(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            throw new InputException("--out", "is the file " + path, "a folder for the demo", "Choose another name");
        }
        if (!Files.isDirectory(path)) {
            return;
        }
        Optional<Path> foreign = Folders.other(path, OURS::contains);
        if (foreign.isEmpty() && !isSummary(path.resolve(SUMMARY))) {
            foreign = Folders.other(path, name -> false);
        }
        if (foreign.isPresent()) {
            throw new InputException(
                    "--out",
                    path + " holds something else than a demo, for example " + foreign.get(),
                    "a new or empty folder, or one with an earlier demo",
                    "Choose another name");
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

    private static InputException unwritable(Path path, IOException e) {
        return new InputException(
                "--out",
                path + " cannot be written: " + Json.reason(e),
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
            throw unwritable(path, e);
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

    @Override
    public void close() {
        lock.close();
    }
}
