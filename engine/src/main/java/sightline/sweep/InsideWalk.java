package sightline.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import sightline.inside.InsideReader;
import sightline.knockout.AttentionRow;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.model.LayerListener;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.plan.Variant;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/** Reads inside the walks of a shared sweep, which computes no state more for it. */
final class InsideWalk implements AutoCloseable {
    /** The tips that one part of a plan holds. */
    private record Part(SweepPlan plan, TipStates tips) {}

    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final VisionMemory seen;
    private final Set<Variant> candidates;
    private final List<Part> parts = new ArrayList<>();
    private InsideReader reader;

    InsideWalk(VisionLanguageModel model, SweepRequest request, VisionMemory seen) {
        this.model = model;
        this.request = request;
        this.seen = seen;
        this.candidates = WorstWindows.candidates(request, model.shape());
    }

    /** Who listens to the walk of the next part. */
    LayerListener listener(SweepPlan plan) {
        boolean first = parts.isEmpty() && reader == null;
        LayerListener listener = LayerListener.NONE;
        if (first && InsideReader.wanted(request)) {
            reader = new InsideReader(model, request, seen, plan.uncutRows());
            listener = reader;
        }
        if (request.reading(Reading.Lens.class).isEmpty()) {
            return listener;
        }
        Set<Variant> here = new LinkedHashSet<>(plan.variants());
        here.retainAll(candidates);
        List<int[]> tips = new ArrayList<>(List.of(plan.baselineTips()));
        here.forEach(variant -> tips.add(plan.tips(variant)));
        Part part = new Part(plan, new TipStates(plan, tips));
        parts.add(part);
        return listener.and(part.tips());
    }

    /**
     * What was read, once all parts have been walked.
     *
     * @param uncut of the first part
     */
    Inside inside(Readout uncut, Findings findings) {
        boolean read = reader != null;
        List<List<AttentionRow>> attention = read ? reader.attention() : List.of(List.of(), List.of());
        List<WorstWindows.Worst> worst = WorstWindows.of(request, model.shape(), findings::curve);
        List<List<Lens>> lenses = lenses(uncut, worst);
        return new Inside(
                lenses.isEmpty() ? List.of() : lenses.get(0),
                IntStream.range(0, worst.size())
                        .mapToObj(i -> worst.get(i).lens(lenses.get(1 + i)))
                        .toList(),
                attention.get(0),
                attention.get(1),
                read ? reader.gates() : List.of(),
                read ? reader.edges() : List.of());
    }

    /** With nothing cut, then under each window: one lens per answer token. Heads and norms see all states at once. */
    private List<List<Lens>> lenses(Readout uncut, List<WorstWindows.Worst> worst) {
        if (parts.isEmpty()) {
            return List.of();
        }
        int entries = model.shape().layers() + 1;
        int tokens = request.answer().length;
        int[] of = IntStream.range(0, (1 + worst.size()) * entries * tokens)
                .map(state -> state % tokens)
                .toArray();
        List<Lens.Stage> stages;
        try (Scope scope = Scope.open()) {
            Tensor[] states = Stream.concat(
                            Stream.of(baseline()), worst.stream().map(one -> states(one.variant())))
                    .toArray(Tensor[]::new);
            int top = request.reading(Reading.Lens.class).orElseThrow().top();
            stages = uncut.lens(Ops.cat(0, states), of, top);
        }
        return IntStream.rangeClosed(0, worst.size())
                .mapToObj(one -> lenses(stages.subList(one * entries * tokens, (one + 1) * entries * tokens), tokens))
                .toList();
    }

    /** @param stages entry by entry, and token by token */
    private static List<Lens> lenses(List<Lens.Stage> stages, int tokens) {
        return IntStream.range(0, tokens)
                .mapToObj(token -> new Lens(IntStream.range(0, stages.size() / tokens)
                        .mapToObj(entry -> stages.get(entry * tokens + token))
                        .toList()))
                .toList();
    }

    private Tensor baseline() {
        Part first = parts.get(0);
        return first.tips().below(first.plan().baselineTips());
    }

    /** Of read-out rows, entry by entry and token by token. */
    private Tensor states(Variant variant) {
        if (variant.isBaseline()) {
            return baseline();
        }
        Part part = parts.stream()
                .filter(some -> some.plan().variants().contains(variant))
                .findFirst()
                .orElseThrow();
        return part.tips().below(part.plan().tips(variant));
    }

    @Override
    public void close() {
        parts.forEach(part -> part.tips().close());
        if (reader != null) {
            reader.close();
        }
    }
}
