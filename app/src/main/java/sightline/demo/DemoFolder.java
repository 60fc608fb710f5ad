package sightline.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.OwnFiles;
import sightline.files.StrictJson;
import sightline.files.WholeFile;
import sightline.files.WorkLock;
import sightline.study.StudyPlan;
import sightline.training.DemoCheckpoint;

/** The folder of a demo: checkpoint, datasets, studies and report. Keeps other demos out until it is closed. */
final class DemoFolder implements AutoCloseable {
    /** Empty while a demo runs, or if it was ended. */
    private static final String SUMMARY = "summary.json";

    private static final String LOCK = "demo.lock";

    /** What a demo of the usual size takes; a larger one writes little more a question. */
    private static final long ROOM = 50L << 20;

    private final Path path;
    private final WorkLock lock;
    private final OwnFiles own;

    private DemoFolder(Path path, WorkLock lock) {
        this.path = path;
        this.lock = lock;
        this.own = OwnFiles.allIn(path);
    }

    /**
     * An empty one; what an earlier demo has written there is deleted.
     *
     * @throws InputException if it holds anything else, is in use, or cannot be written
     */
    static DemoFolder begin(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException("--out", "is the file " + path, "a folder for the demo", "Choose another name");
        }
        if (!Files.exists(path.resolve(LOCK))) {
            requireOurs(path); // nothing is written into a folder of something else, not even a lock
        }
        Folders.make(path);
        WorkLock lock = WorkLock.tryTake(path.resolve(LOCK))
                .orElseThrow(() -> new InputException(
                        "--out",
                        "another demo is running in " + path,
                        "one demo in a folder",
                        "Wait for its end, or choose another name"));
        try {
            requireOurs(path);
            DemoFolder folder = new DemoFolder(path, lock);
            Folders.requireRoom("--out", path, ROOM);
            folder.own.deleteAll();
            Files.write(path.resolve(SUMMARY), new byte[0], StandardOpenOption.CREATE_NEW);
            return folder;
        } catch (IOException e) {
            lock.close();
            throw unwritable(path, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireOurs(Path path) {
        try (OwnFiles own = OwnFiles.allIn(path)) {
            Optional<Path> foreign = own.firstForeign(path, file -> file.equals(path.resolve(LOCK)));
            if (foreign.isPresent()) {
                throw foreign(path, foreign.get(), own.isListed(foreign.get()));
            }
        }
    }

    private static InputException foreign(Path path, Path file, boolean changed) {
        boolean killed = Files.exists(path.resolve(LOCK)) && !Files.exists(path.resolve(OwnFiles.LIST));
        String found = path.relativize(file).toString();
        return new InputException(
                "--out",
                killed
                        ? path + " holds what a demo left that was killed, or one of an earlier version,"
                                + " and nothing tells it from files of yours"
                        : changed
                                ? path + " holds " + found + ", which was changed since a demo wrote it"
                                : path + " holds something else than a demo, for example " + found,
                "a new or empty folder, or one with nothing but an earlier demo",
                killed
                        ? "Look through it and delete it, or choose another name"
                        : "Move it away, or choose another name");
    }

    private static InputException unwritable(Path path, IOException e) {
        return new InputException(
                "--out",
                path + " cannot be written: " + StrictJson.reason(e),
                "a folder that can, with 50 MB free",
                "Choose another with --out",
                e);
    }

    /** Unpacks the model: weights are mapped from files, and {@code ask} can be tried on it. */
    void writeCheckpoint() {
        try {
            DemoCheckpoint.writeTo(checkpoint());
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

    /** Lists what was written, so that the next demo may replace it; lets others in. */
    @Override
    public void close() {
        try {
            List<Path> written = new ArrayList<>(List.of(checkpoint(), data(), report(), path.resolve(SUMMARY)));
            Arrays.stream(Dataset.values()).map(this::study).forEach(written::add);
            own.addAll(written);
        } finally {
            lock.close();
        }
    }
}
