package sightline.option;

import sightline.family.Families;
import java.nio.file.Path;
import java.util.Optional;
import sightline.console.Console;
import sightline.model.LoadOptions;
import sightline.mllama.Mllama;
import sightline.terminal.ProgressMeter;

/** A checkpoint that is loaded when it is first needed: a step that has nothing left to do needs none. */
public final class LazyModel implements AutoCloseable {
    private final Console console;
    private final Path folder;
    private final LoadOptions options;
    private Optional<Mllama> model = Optional.empty();

    /** Nothing is loaded before {@link #get}. */
    public LazyModel(Console console, Path folder, LoadOptions options) {
        this.console = console;
        this.folder = folder;
        this.options = options;
    }

    /** The model; it belongs to this. */
    public Mllama get() {
        if (model.isEmpty()) {
            try (ProgressMeter meter = console.progress("loading the model", "")) {
                model = Optional.of(Families.load(folder, options));
            }
        }
        return model.get();
    }

    @Override
    public void close() {
        model.ifPresent(Mllama::close);
    }
}
