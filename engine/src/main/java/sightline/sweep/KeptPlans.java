package sightline.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import sightline.knockout.Outline;
import sightline.plan.SweepPlan;
import sightline.tensor.TensorOwner;

/**
 * The plans of the outlines that came last: many questions of a study have one outline, and a plan serves them all. Used by
 * several threads.
 */
final class KeptPlans implements AutoCloseable {
    /** States of all kept plans together, at most: at k = 9 about 100 bytes each, and 80 on the device. */
    private static final long MOST_STATES = 2_000_000;

    private final Function<Outline, Planned> planner;
    private final Map<Outline, Planned> plans = new LinkedHashMap<>(16, 0.75f, true); // the eldest use first
    private long states;
    private boolean closed;

    /**
     * A plan, ready to be walked.
     *
     * @param whole all of it
     * @param parts what is walked one after the other
     */
    record Planned(SweepPlan whole, List<PlacedPlan> parts) {
        private void free() {
            parts.forEach(PlacedPlan::close);
        }
    }

    /** A plan that is not freed before this is closed. */
    record Held(Planned plan, List<TensorOwner.Use> uses) implements AutoCloseable {
        private Held(Planned plan) {
            this(plan, plan.parts().stream().map(PlacedPlan::use).toList());
        }

        @Override
        public void close() {
            uses.forEach(TensorOwner.Use::close);
        }
    }

    /** @param planner makes an outline's plan */
    KeptPlans(Function<Outline, Planned> planner) {
        this.planner = planner;
    }

    /**
     * The plan of an outline, made if it is not kept. Another thread's question does not wait while it is made.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    Held hold(Outline asked) {
        Held known = known(asked);
        return known != null ? known : keep(asked, planner.apply(asked));
    }

    private synchronized Held known(Outline asked) {
        requireOpen();
        Planned plan = plans.get(asked);
        return plan == null ? null : new Held(plan);
    }

    private synchronized Held keep(Outline asked, Planned made) {
        Planned before = closed ? null : plans.putIfAbsent(asked, made);
        if (closed || before != null) { // another thread was faster
            made.free();
            requireOpen();
            return new Held(before);
        }
        Held held = new Held(made);
        states += made.whole().cost().states();
        var eldest = plans.values().iterator();
        while (states > MOST_STATES && plans.size() > 1) {
            Planned last = eldest.next();
            states -= last.whole().cost().states();
            last.free(); // once no walk uses it any more
            eldest.remove();
        }
        return held;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sweep was used after it was closed");
        }
    }

    /** Frees all plans, each once no walk uses it any more. */
    @Override
    public synchronized void close() {
        closed = true;
        plans.values().forEach(Planned::free);
        plans.clear();
    }
}
