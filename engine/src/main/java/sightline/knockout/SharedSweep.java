package sightline.knockout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        List<SweepPlan> parts = parts(request, Edit.distinct(request, config), seen);
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
        return new Trace(request, baseline, candidates, Curves.of(request, config, baseline, probabilities));
    }

    /** Plans that each keep to the budget; together they hold all edits. */
    private List<SweepPlan> parts(SweepRequest request, List<Edit> edits, VisionMemory seen) {
        SweepPlan plan = SweepPlan.of(request, model.config().text(), edits, seen.validTokens(), seen.allTokens());
        if (edits.size() <= 1 || SweepWalk.bytes(plan, model.config().text(), model.compute()) <= budget) {
            return List.of(plan);
        }
        List<SweepPlan> parts = new ArrayList<>();
        parts.addAll(parts(request, edits.subList(0, edits.size() / 2), seen));
        parts.addAll(parts(request, edits.subList(edits.size() / 2, edits.size()), seen));
        return parts;
    }
}
