package sightline.sweep;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import sightline.knockout.Outline;
import sightline.plan.SweepPlan;
import sightline.tensor.TensorOwner;

/**
 * The plans of the outlines that came last: many questions of a study have one outline, and a plan serves them all. Used by
 * several threads.
 */
final class KeptPlans implements AutoCloseable {
    /** Of all kept plans together, at most: forty of the 11B model's at k = 9. */
    static final long MOST_BYTES = 400_000_000;

    /** A state's in Java's memory, about. */
    static final long BYTES_A_STATE = 100;

    private final Function<Outline, Planned> planner;
    private final Map<Outline, Planned> plans = new LinkedHashMap<>(16, 0.75f, true); // the eldest use first
    private final Set<Outline> making = new HashSet<>();
    private long bytes;
    private boolean closed;

    /**
     * A plan, ready to be walked.
     *
     * @param whole all of it
     * @param parts what is walked one after the other
     * @param bytes of memory that both take, about
     */
    record Planned(SweepPlan whole, List<PlacedPlan> parts, long bytes) {
        Planned(SweepPlan whole, List<PlacedPlan> parts) {
            this(
                    whole,
                    List.copyOf(parts),
                    BYTES_A_STATE * whole.cost().states()
                            + parts.stream().mapToLong(PlacedPlan::bytes).sum());
        }

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
     * The plan of an outline, made if it is not kept; once, though several threads ask. A question of another outline does not
     * wait while it is made.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    Held hold(Outline asked) {
        Held known = knownOrMine(asked);
        if (known != null) {
            return known;
        }
        try {
            return keep(asked, planner.apply(asked));
        } finally {
            made(asked);
        }
    }

    /** @return null if it is the current thread's to make */
    private synchronized Held knownOrMine(Outline asked) {
        boolean interrupted = false;
        while (making.contains(asked)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // whoever makes it will be done soon
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        requireOpen();
        Planned plan = plans.get(asked);
        if (plan == null) {
            making.add(asked);
            return null;
        }
        return new Held(plan);
    }

    private synchronized void made(Outline asked) {
        making.remove(asked);
        notifyAll();
    }

    private synchronized Held keep(Outline asked, Planned made) {
        if (closed) {
            made.free();
            requireOpen();
        }
        Held held = new Held(made);
        plans.put(asked, made);
        bytes += made.bytes();
        var eldest = plans.values().iterator();
        while (bytes > MOST_BYTES && plans.size() > 1) {
            Planned last = eldest.next();
            bytes -= last.bytes();
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
