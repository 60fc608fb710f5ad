package sightline.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sightline.inside.InsideReader;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.model.LayerListener;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.plan.Variant;
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
        return new Inside(
                lens(uncut),
                cut(uncut, findings),
                read ? reader.attention() : List.of(),
                read ? reader.gates() : List.of(),
                read ? reader.edges() : List.of());
    }

    private List<Lens> lens(Readout uncut) {
        return parts.isEmpty()
                ? List.of()
                : lens(uncut, parts.get(0), parts.get(0).plan().baselineTips());
    }

    private List<Lens.Cut> cut(Readout uncut, Findings findings) {
        return WorstWindows.of(request, model.shape(), findings::curve).stream()
                .map(worst -> worst.lens(lens(uncut, worst.variant())))
                .toList();
    }

    private List<Lens> lens(Readout uncut, Variant variant) {
        if (variant.isBaseline()) {
            return lens(uncut);
        }
        Part part = parts.stream()
                .filter(some -> some.plan().variants().contains(variant))
                .findFirst()
                .orElseThrow();
        return lens(uncut, part, part.plan().tips(variant));
    }

    /** @param tips one per answer token */
    private List<Lens> lens(Readout uncut, Part part, int... tips) {
        int entries = model.shape().layers() + 1;
        int[] tokens = IntStream.range(0, entries * tips.length)
                .map(state -> state % tips.length)
                .toArray();
        int top = request.reading(Reading.Lens.class).orElseThrow().top();
        List<Lens.Stage> stages;
        try (Scope scope = Scope.open()) {
            stages = uncut.lens(part.tips().below(tips), tokens, top);
        }
        return IntStream.range(0, tips.length)
                .mapToObj(token -> new Lens(IntStream.range(0, entries)
                        .mapToObj(entry -> stages.get(entry * tips.length + token))
                        .toList()))
                .toList();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.tips().close());
        if (reader != null) {
            reader.close();
        }
    }
}
