package sightline.sweep;

import java.util.Locale;
import sightline.model.VisionLanguageModel;

/** How a sweep is computed; all give the same numbers, up to rounding. */
public enum Strategy {
    /** Every distinct state once. */
    SHARED("states") {
        @Override
        public Sweep sweep(VisionLanguageModel model) {
            return new SharedSweep(model);
        }
    },
    /** One text pass for each distinct cut: the definition, much slower. */
    NAIVE("passes") {
        @Override
        public Sweep sweep(VisionLanguageModel model) {
            return new NaiveSweep(model);
        }
    };

    private final String unit;

    Strategy(String unit) {
        this.unit = unit;
    }

    /** A sweep of that kind. */
    public abstract Sweep sweep(VisionLanguageModel model);

    /** What its progress counts. */
    public String unit() {
        return unit;
    }

    /** The name used on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
