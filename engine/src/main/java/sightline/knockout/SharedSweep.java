package sightline.knockout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.model.VisionMemory;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * The fast sweep: one walk over the layers for all variants and answer tokens, each distinct state computed once and each
 * weight matrix read once a layer (METHOD section 6). Exact: what it leaves out cannot have changed.
 */
public final class SharedSweep implements Sweep {
    /** Native memory for the states of one walk and their temporaries, unless told otherwise. */
    public static final long DEFAULT_BUDGET = 3L << 30;

    private final Mllama model;
    private final long budget;

    public SharedSweep(Mllama model) {
        this(model, DEFAULT_BUDGET);
    }

    /**
     * A sweep that keeps to a memory budget.
     *
     * @param budget bytes of native memory beside weights and vision memory; a plan that needs more is walked in parts,
     *     which costs time but changes no result. What a single edit needs is always used
     */
    public SharedSweep(Mllama model, long budget) {
        this.model = model;
        this.budget = budget;
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        try (TensorOwner.Use use = model.use(seen)) {
            return trace(request, seen, progress);
        }
    }

    private Trace trace(SweepRequest request, VisionMemory seen, Progress progress) {
        TextConfig config = model.config().text();
        SweepPlan whole = SweepPlan.of(request, config, seen);
        List<SweepPlan> parts = parts(request, whole, Edit.distinct(request, config), seen);
        int all = Math.toIntExact(
                parts.stream().mapToLong(plan -> plan.cost().states()).sum());
        int[] done = {0};
        double[] baseline = new double[request.answer().length];
        List<List<Trace.Candidate>> candidates = new ArrayList<>();
        Map<Edit, double[]> probabilities = new HashMap<>();
        for (SweepPlan plan : parts) {
            try (Scope scope = Scope.open()) {
                Tensor last =
                        new SweepWalk(model, request, seen, plan).run(states -> progress.done(done[0] += states, all));
                Readout readout = new Readout(model.decoder(), request, last, plan.readOutPositions());
                for (Edit edit : plan.edits()) {
                    probabilities.put(edit, readout.probabilities(plan.tips(edit)));
                }
                if (candidates.isEmpty()) {
                    baseline = readout.probabilities(plan.baselineTips());
                    candidates.addAll(readout.candidates(plan.baselineTips()));
                }
            }
        }
        List<Curve> curves = Curves.of(request, config, baseline, probabilities);
        return new Trace(request, baseline, candidates, curves, Optional.of(whole.cost()));
    }

    /** Plans that each keep to the budget; together they hold all edits of the given one. */
    private List<SweepPlan> parts(SweepRequest request, SweepPlan plan, List<Edit> edits, VisionMemory seen) {
        TextConfig config = model.config().text();
        if (edits.size() <= 1 || SweepWalk.bytes(plan, config, model.compute()) <= budget) {
            return List.of(plan);
        }
        int half = edits.size() / 2;
        List<SweepPlan> parts = new ArrayList<>();
        for (List<Edit> part : List.of(edits.subList(0, half), edits.subList(half, edits.size()))) {
            SweepPlan smaller = SweepPlan.of(request, config, part, seen.validTokens(), seen.allTokens());
            parts.addAll(parts(request, smaller, part, seen));
        }
        return parts;
    }
}
