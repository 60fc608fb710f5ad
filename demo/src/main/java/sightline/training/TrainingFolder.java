package sightline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.files.StrictJson;
import sightline.files.WorkLock;
import sightline.writing.CheckpointWriter;

/** The folder of a training: its checkpoint, its log, what going on needs. Keeps other trainings out until it is closed. */
final class TrainingFolder implements AutoCloseable {
    /** What is needed to go on; may be deleted afterwards. */
    static final String STATE = "training-state.bin";

    static final String LOG = "training.log";

    /** Also tells that the folder is a training's. */
    static final String LOCK = "train-demo.lock";

    private final Path path;
    private final WorkLock lock;

    private TrainingFolder(Path path, WorkLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens it; makes it if it is not there. What is not this training's is left as it is.
     *
     * @throws InputException if the folder holds something else or another training, is in use, or cannot be written
     */
    static TrainingFolder open(Path path, TrainingPlan plan) {
        try {
            requireTraining(path);
            Folders.make(path);
            WorkLock lock = WorkLock.tryTake(path.resolve(LOCK))
                    .orElseThrow(() -> new InputException(
                            "--out",
                            path + " is being trained into by another process",
                            "one training at a time",
                            "Wait for its end, or choose another folder"));
            TrainingFolder folder = new TrainingFolder(path, lock);
            try {
                folder.requireSame(plan);
                return folder;
            } catch (RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static void requireTraining(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException("--out", "is the file " + path, "a folder", "Choose another name");
        }
        if (!Files.isDirectory(path) || Files.exists(path.resolve(LOCK)) || Files.exists(path.resolve(STATE))) {
            return;
        }
        Optional<Path> foreign = Folders.other(path, ".DS_Store"::equals); // a file manager leaves it
        if (foreign.isPresent()) {
            throw new InputException(
                    "--out",
                    path + " holds files that no training wrote, for example "
                            + foreign.get().getFileName(),
                    "a folder that does not exist yet, is empty, or that an interrupted train-demo left",
                    "Choose another folder");
        }
    }

    private void requireSame(TrainingPlan plan) {
        if (Files.exists(state())) {
            plan.difference(TrainingState.peek(state()).plan(), path).ifPresent(difference -> {
                throw difference;
            });
        } else if (Files.exists(path.resolve(CheckpointWriter.WEIGHTS))) {
            throw new InputException(
                    "--out",
                    path + " holds a checkpoint without the " + STATE + " that going on needs",
                    "a folder that does not exist yet, is empty, or that an interrupted train-demo left",
                    "Choose another folder");
        }
    }

    /**
     * Refuses to train what could not be kept.
     *
     * @param bytes that a training writes, with nothing of it there
     */
    void requireRoom(long bytes) {
        try {
            long there = 0;
            for (Path file : List.of(state(), path.resolve(CheckpointWriter.WEIGHTS))) {
                there += Files.exists(file) ? Files.size(file) : 0;
            }
            Folders.requireRoom("--out", path, bytes - there);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    Path path() {
        return path;
    }

    Path state() {
        return path.resolve(STATE);
    }

    /** Adds a line to the log. */
    void log(String line) {
        try {
            Files.writeString(path.resolve(LOG), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static InputException unwritable(Path path, IOException e) {
        return new InputException(
                "--out",
                path + " cannot be written: " + StrictJson.reason(e),
                "a folder that can be written to, with 100 MB free",
                "Mend that and give the same command again, or choose another folder",
                e);
    }

    @Override
    public void close() {
        lock.close();
    }
}
