package sightline.option;

import java.nio.file.Path;
import java.util.Optional;
import sightline.answering.StudyCheckpoint;
import sightline.console.Console;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.terminal.ProgressMeter;

/**
 * A checkpoint that is opened when it is first needed, and loaded when a step has something left to do. All steps of a
 * command share it.
 */
public final class LazyModel implements AutoCloseable {
    private final Console console;
    private final Path folder;
    private final LoadOptions options;
    private Optional<StudyCheckpoint> checkpoint = Optional.empty();

    /** Nothing is loaded before {@link #get}. */
    public LazyModel(Console console, Path folder, LoadOptions options) {
        this.console = console;
        this.folder = folder;
        this.options = options;
    }

    /** The checkpoint; it belongs to this. */
    public StudyCheckpoint checkpoint() {
        if (checkpoint.isEmpty()) {
            checkpoint = Optional.of(StudyCheckpoint.open(folder, options));
        }
        return checkpoint.get();
    }

    /** The model; it belongs to this. */
    public VisionLanguageModel get() {
        if (checkpoint().isLoaded()) {
            return checkpoint().model();
        }
        try (ProgressMeter meter = console.progress("loading the model", "")) {
            return checkpoint().model();
        }
    }

    @Override
    public void close() {
        checkpoint.ifPresent(StudyCheckpoint::close);
    }
}
