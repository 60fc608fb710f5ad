package sightline.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.plan.FamilyRules;
import sightline.plan.SweepPlan;

/**
 * The plans of the outlines that came last: many questions of a study have one outline, and a plan serves them all. Used by
 * several threads.
 */
final class KeptPlans {
    /** States of all kept plans together, at most: about 100 bytes each at k = 9, so some 200 MB. */
    private static final long MOST_STATES = 2_000_000;

    private final ModelShape shape;
    private final FamilyRules rules;
    private final Map<Outline, SweepPlan> plans = new LinkedHashMap<>(16, 0.75f, true); // the eldest use first
    private long states;

    KeptPlans(ModelShape shape, FamilyRules rules) {
        this.shape = shape;
        this.rules = rules;
    }

    /** The plan of an outline, made if it is not kept. Another thread's question does not wait while it is made. */
    SweepPlan of(Outline asked) {
        SweepPlan known = known(asked);
        return known != null ? known : keep(SweepPlan.of(asked, shape, rules));
    }

    private synchronized SweepPlan known(Outline asked) {
        return plans.get(asked);
    }

    private synchronized SweepPlan keep(SweepPlan plan) {
        SweepPlan before = plans.putIfAbsent(plan.outline(), plan);
        if (before != null) {
            return before; // another thread was faster
        }
        states += plan.cost().states();
        var eldest = plans.values().iterator();
        while (states > MOST_STATES && plans.size() > 1) {
            states -= eldest.next().cost().states();
            eldest.remove();
        }
        return plan;
    }
}
