package sightline.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.plan.Variant;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * The fast sweep: one walk over the layers for all variants and answer tokens, each distinct state computed once and each
 * weight matrix read once a layer (METHOD section 6). Exact: what it leaves out cannot have changed.
 */
public final class SharedSweep implements Sweep {
    /** Native memory for the states of one walk and their temporaries, unless told otherwise. */
    public static final long DEFAULT_BUDGET = 3L << 30;

    private final VisionLanguageModel model;
    private final long budget;
    private final KeptPlans plans;

    /** A sweep that keeps to {@link #DEFAULT_BUDGET}. */
    public SharedSweep(VisionLanguageModel model) {
        this(model, DEFAULT_BUDGET);
    }

    /**
     * A sweep that keeps to a memory budget.
     *
     * @param budget bytes of native memory beside weights and vision memory; a plan that needs more is walked in parts,
     *     which costs time but changes no result. What a single variant needs is always used
     */
    public SharedSweep(VisionLanguageModel model, long budget) {
        this.model = model;
        this.budget = budget;
        this.plans = new KeptPlans(model.shape(), model.rules());
    }

    /** The plan of a request about a picture. Every request of the same outline can be run by it; the last ones are kept. */
    public SweepPlan plan(SweepRequest request, VisionMemory seen) {
        return plans.of(request.outline(seen.tokens()));
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        return run(plan(request, seen), request, seen, progress);
    }

    /**
     * Answers a request by a plan that is at hand.
     *
     * @throws IllegalArgumentException if it was planned for another outline, shape or family; otherwise as {@link #run(SweepRequest,
     *     VisionMemory, Progress)}
     */
    public Trace run(SweepPlan plan, SweepRequest request, VisionMemory seen, Progress progress) {
        if (!plan.fits(request.outline(seen.tokens()), model.shape(), model.rules())) {
            throw new IllegalArgumentException("the plan was made for another request or another model");
        }
        try (TensorOwner.Use use = model.use(seen)) {
            return trace(plan, request, seen, progress);
        }
    }

    private Trace trace(SweepPlan whole, SweepRequest request, VisionMemory seen, Progress progress) {
        List<SweepPlan> parts = parts(whole);
        int all = Math.toIntExact(
                parts.stream().mapToLong(plan -> plan.cost().states()).sum());
        int[] done = {0};
        Findings findings = new Findings(request, model.shape());
        for (SweepPlan plan : parts) {
            try (Scope scope = Scope.open()) {
                Tensor last =
                        new SweepWalk(model, request, seen, plan).run(states -> progress.done(done[0] += states, all));
                read(
                        plan,
                        new Readout(model.decoder(), request, last, plan.readOutRows()),
                        findings,
                        plan == parts.get(0));
            }
        }
        return findings.trace(Optional.of(whole.cost()));
    }

    private static void read(SweepPlan plan, Readout readout, Findings findings, boolean first) {
        int[] uncut = plan.baselineTips();
        for (int token = 0; token < uncut.length && first; token++) {
            findings.uncut(token, readout, uncut[token]);
        }
        for (Variant variant : plan.variants()) {
            int[] tips = plan.tips(variant);
            for (int token = 0; token < tips.length; token++) {
                findings.under(variant, token, readout, tips[token]);
            }
        }
    }

    /** Plans that each keep to the budget; together they hold all variants of the given one. */
    private List<SweepPlan> parts(SweepPlan plan) {
        List<Variant> variants = List.copyOf(plan.variants());
        if (variants.size() <= 1 || SweepWalk.bytes(plan, model.compute()) <= budget) {
            return List.of(plan);
        }
        int half = variants.size() / 2;
        List<SweepPlan> parts = new ArrayList<>();
        for (List<Variant> some : List.of(variants.subList(0, half), variants.subList(half, variants.size()))) {
            parts.addAll(parts(SweepPlan.of(plan.outline(), plan.shape(), model.rules(), some)));
        }
        return parts;
    }
}
