package sightline.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.device.Cards;
import sightline.knockout.Outline;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.plan.Variant;
import sightline.tensor.ComputeDevice;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * The fast sweep: one walk over the layers for all variants and answer tokens, each distinct state computed once and each
 * weight matrix read once a layer (METHOD section 6). Exact: what it leaves out cannot have changed.
 *
 * <p>It keeps the plans of the last outlines, with their row numbers on the device, until it is closed.
 */
public final class SharedSweep implements Sweep {
    /** Native memory for the states of one walk and their temporaries, unless told otherwise. */
    public static final long DEFAULT_BUDGET = 3L << 30;

    private final VisionLanguageModel model;
    private final long budget;
    private final KeptPlans plans = new KeptPlans(this::planned);

    /** A sweep that keeps to {@link #DEFAULT_BUDGET}, or on a card that has less to half of what is free there. */
    public SharedSweep(VisionLanguageModel model) {
        this(model, budget(model.compute().device()));
    }

    private static long budget(ComputeDevice device) {
        return device.isCard() ? Math.min(DEFAULT_BUDGET, Cards.freeMemory(device) / 2) : DEFAULT_BUDGET;
    }

    /**
     * A sweep that keeps to a memory budget.
     *
     * @param model not closed by this sweep
     * @param budget bytes of native memory beside weights and vision memory; a plan that needs more is walked in parts,
     *     which costs time but changes no result. What a single variant needs is always used
     */
    public SharedSweep(VisionLanguageModel model, long budget) {
        this.model = model;
        this.budget = budget;
    }

    /** The plan by which a request about a picture is run; any request of the same outline has the same. */
    public SweepPlan plan(SweepRequest request, VisionMemory seen) {
        try (KeptPlans.Held held = plans.hold(request.outline(seen.tokens()))) {
            return held.plan().whole();
        }
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        try (TensorOwner.Use use = model.use(seen);
                KeptPlans.Held held = plans.hold(request.outline(seen.tokens()))) {
            return trace(held.plan(), request, seen, progress);
        }
    }

    private Trace trace(KeptPlans.Planned plan, SweepRequest request, VisionMemory seen, Progress progress) {
        int all = Math.toIntExact(plan.parts().stream()
                .mapToLong(part -> part.plan().cost().states())
                .sum());
        int[] done = {0};
        Findings findings = new Findings(request, model.shape());
        try (Scope sweep = Scope.open();
                InsideWalk inside = new InsideWalk(model, request, seen)) {
            Readout uncut = null;
            for (PlacedPlan part : plan.parts()) {
                try (Scope scope = Scope.open()) {
                    Tensor last = new SweepWalk(model, request, seen, part)
                            .run(states -> progress.done(done[0] += states, all), inside.listener(part.plan()));
                    Readout readout = new Readout(
                            model.decoder(),
                            request,
                            last,
                            part.plan().readOutRows(),
                            part.plan().baselineTips());
                    read(part.plan(), readout, findings, uncut == null);
                    uncut = uncut == null ? readout.kept(scope) : uncut;
                    inside.walked(part.plan(), uncut, findings);
                }
            }
            return findings.trace(inside.inside(), Optional.of(plan.whole().cost()));
        }
    }

    private static void read(SweepPlan plan, Readout readout, Findings findings, boolean first) {
        if (first) {
            findings.uncut(readout, plan.baselineTips());
        }
        for (Variant variant : plan.variants()) {
            int[] tips = plan.tips(variant);
            for (int token = 0; token < tips.length; token++) {
                findings.under(variant, token, readout, tips[token]);
            }
        }
    }

    private KeptPlans.Planned planned(Outline asked) {
        SweepPlan whole = SweepPlan.of(asked, model.shape(), model.rules());
        List<PlacedPlan> placed = new ArrayList<>();
        try {
            for (SweepPlan part : parts(whole)) {
                placed.add(new PlacedPlan(part, model.compute()));
            }
        } catch (RuntimeException | Error e) {
            placed.forEach(PlacedPlan::close);
            throw e;
        }
        return new KeptPlans.Planned(whole, placed);
    }

    private long bytes(SweepPlan plan) {
        return SweepWalk.bytes(plan, model.compute()) + InsideWalk.bytes(plan, model.compute());
    }

    /** Plans that each keep to the budget; together they hold all variants of the given one. */
    private List<SweepPlan> parts(SweepPlan plan) {
        List<Variant> variants = List.copyOf(plan.variants());
        if (variants.size() <= 1 || bytes(plan) <= budget) {
            return List.of(plan);
        }
        int half = variants.size() / 2;
        List<SweepPlan> parts = new ArrayList<>();
        for (List<Variant> some : List.of(variants.subList(0, half), variants.subList(half, variants.size()))) {
            parts.addAll(parts(SweepPlan.of(plan.outline(), plan.shape(), model.rules(), some)));
        }
        return parts;
    }

    /** Frees the plans. */
    @Override
    public void close() {
        plans.close();
    }
}
