package sightline.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sightline.answering.StudyCheckpoint;
import sightline.console.Console;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.tensor.ComputeDevice;
import sightline.terminal.ProgressMeter;

/**
 * A checkpoint that is opened when it is first needed, and loaded on each device when a step has something left to do. All steps of a
 * command share it.
 */
public final class LazyModel implements AutoCloseable {
    private final Console console;
    private final Path folder;
    private final LoadOptions options;
    private final List<ComputeDevice> devices;
    private Optional<StudyCheckpoint> checkpoint = Optional.empty();

    /** One model. Nothing is loaded before {@link #all}. */
    public LazyModel(Console console, Path folder, LoadOptions options) {
        this(console, folder, options, List.of(options.device()));
    }

    /** The same on each of several devices. */
    LazyModel(Console console, Path folder, LoadOptions options, List<ComputeDevice> devices) {
        this.console = console;
        this.folder = folder;
        this.options = options;
        this.devices = devices;
    }

    /** The checkpoint; it belongs to this. */
    public StudyCheckpoint checkpoint() {
        if (checkpoint.isEmpty()) {
            checkpoint = Optional.of(StudyCheckpoint.open(folder, options, devices));
        }
        return checkpoint.get();
    }

    /** A model on each device; they belong to this. */
    public List<VisionLanguageModel> all() {
        if (checkpoint().isLoaded()) {
            return checkpoint().models();
        }
        try (ProgressMeter meter = console.progress("loading the model", "")) {
            return checkpoint().models();
        }
    }

    @Override
    public void close() {
        checkpoint.ifPresent(StudyCheckpoint::close);
    }
}
