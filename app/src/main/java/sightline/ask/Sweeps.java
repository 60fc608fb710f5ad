package sightline.ask;

import java.util.EnumMap;
import java.util.Map;
import sightline.model.VisionLanguageModel;
import sightline.sweep.Strategy;
import sightline.sweep.Sweep;

/** A model's sweeps, which keep from one request to the next what they planned. */
public final class Sweeps implements AutoCloseable {
    private final VisionLanguageModel model;
    private final Map<Strategy, Sweep> open = new EnumMap<>(Strategy.class);

    /** @param model not closed by this */
    public Sweeps(VisionLanguageModel model) {
        this.model = model;
    }

    VisionLanguageModel model() {
        return model;
    }

    Sweep of(Strategy strategy) {
        return open.computeIfAbsent(strategy, asked -> asked.sweep(model));
    }

    @Override
    public void close() {
        open.values().forEach(Sweep::close);
        open.clear();
    }
}
