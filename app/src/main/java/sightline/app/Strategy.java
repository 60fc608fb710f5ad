package sightline.app;

import java.util.Locale;
import java.util.Optional;
import sightline.knockout.NaiveSweep;
import sightline.knockout.SharedSweep;
import sightline.knockout.Sweep;
import sightline.knockout.SweepCost;
import sightline.knockout.SweepPlan;
import sightline.knockout.SweepRequest;
import sightline.model.Mllama;
import sightline.model.VisionMemory;

/** How a sweep is computed; all give the same numbers, up to rounding. */
enum Strategy {
    /** Every distinct state once. */
    SHARED("states") {
        @Override
        Sweep sweep(Mllama model) {
            return new SharedSweep(model);
        }

        @Override
        Optional<SweepCost> cost(SweepRequest request, Mllama model, VisionMemory seen) {
            return Optional.of(
                    SweepPlan.of(request, model.config().text(), seen).cost());
        }
    },
    /** One text pass for each distinct cut: the definition, much slower. */
    NAIVE("passes") {
        @Override
        Sweep sweep(Mllama model) {
            return new NaiveSweep(model);
        }

        @Override
        Optional<SweepCost> cost(SweepRequest request, Mllama model, VisionMemory seen) {
            return Optional.empty();
        }
    };

    private final String unit;

    Strategy(String unit) {
        this.unit = unit;
    }

    abstract Sweep sweep(Mllama model);

    /** What the plan costs, if this strategy makes one. */
    abstract Optional<SweepCost> cost(SweepRequest request, Mllama model, VisionMemory seen);

    /** What its progress counts. */
    String unit() {
        return unit;
    }

    /** The name used on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
