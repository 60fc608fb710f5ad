package sightline.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import sightline.inside.InsideReader;
import sightline.knockout.AttentionRow;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Track;
import sightline.model.LayerListener;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.plan.Variant;
import sightline.tensor.Compute;
import sightline.tensor.Scope;

/**
 * Reads inside the walks of a shared sweep, which computes no state more for it. What is held of a part is read off and freed
 * before the next part is walked.
 */
final class InsideWalk implements AutoCloseable {
    /** A track's most harmful window of those that were walked so far. */
    private record Worst(int window, double probability, List<Lens> lens) {
        boolean isBefore(Worst other) {
            return probability < other.probability || (probability == other.probability && window < other.window);
        }

        Worst with(List<Lens> read) {
            return new Worst(window, probability, read);
        }
    }

    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final Outline asked;
    private final VisionMemory seen;
    private final Map<Track, Worst> worst = new HashMap<>();
    private List<Lens> lens = List.of();
    private InsideReader reader;
    private TipStates tips;
    private boolean begun;

    InsideWalk(VisionLanguageModel model, SweepRequest request, VisionMemory seen) {
        this.model = model;
        this.request = request;
        this.asked = request.outline(seen.tokens());
        this.seen = seen;
    }

    /** Native bytes of what is held for lenses while a plan is walked. */
    static long bytes(SweepPlan plan, Compute compute) {
        if (!readsLens(plan.outline())) {
            return 0;
        }
        try (TipStates tips = tips(plan)) {
            return tips.bytes(compute.dtype());
        }
    }

    private static boolean readsLens(Outline asked) {
        return asked.readings().stream().anyMatch(Reading.Lens.class::isInstance);
    }

    /** Those of the baseline, and of every variant that may turn out to be a most harmful window. */
    private static TipStates tips(SweepPlan plan) {
        Set<Variant> here = new LinkedHashSet<>(plan.variants());
        here.retainAll(WorstWindows.candidates(plan.outline(), plan.shape()));
        List<int[]> tips = new ArrayList<>(List.of(plan.baselineTips()));
        here.forEach(variant -> tips.add(plan.tips(variant)));
        return new TipStates(plan, tips);
    }

    /** Who listens to the walk of the next part. */
    LayerListener listener(SweepPlan plan) {
        LayerListener listener = LayerListener.NONE;
        if (!begun && InsideReader.wanted(request)) {
            reader = new InsideReader(model, request, seen, plan.uncutRows());
            listener = reader;
        }
        begun = true;
        if (!readsLens(asked)) {
            return listener;
        }
        tips = tips(plan);
        return listener.and(tips);
    }

    /**
     * Reads what a part's walk has left, and frees it.
     *
     * @param plan the part's
     * @param uncut of the first part
     * @param findings of all parts so far
     */
    void walked(SweepPlan plan, Readout uncut, Findings findings) {
        if (tips == null) {
            return;
        }
        if (lens.isEmpty()) {
            lens = lens(uncut, plan.baselineTips());
        }
        for (Track track : WorstWindows.tracks(asked)) {
            Worst before = worst.get(track);
            Worst here = least(track, plan, findings);
            if (here != null && (before == null || here.isBefore(before))) {
                Variant variant = variant(track, here.window());
                worst.put(track, here.with(variant.isBaseline() ? lens : lens(uncut, plan.tips(variant))));
            }
        }
        tips.close();
        tips = null;
    }

    /** The first window of a part in which the answer's probability is least, without its lens; null if the part has none. */
    private Worst least(Track track, SweepPlan plan, Findings findings) {
        Worst least = null;
        int windows = track.windows().of(model.shape().layers()).size();
        for (int window = 0; window < windows; window++) {
            Variant variant = variant(track, window);
            if (variant.isBaseline() || plan.variants().contains(variant)) {
                Worst one = new Worst(window, findings.answer(variant), List.of());
                least = least == null || one.isBefore(least) ? one : least;
            }
        }
        return least;
    }

    private Variant variant(Track track, int window) {
        ModelShape shape = model.shape();
        return Variant.of(track, track.windows().of(shape.layers()).get(window), shape);
    }

    /** What was read, once all parts have been walked. */
    Inside inside() {
        boolean read = reader != null;
        List<List<AttentionRow>> attention = read ? reader.attention() : List.of(List.of(), List.of());
        return new Inside(
                lens,
                WorstWindows.tracks(asked).stream()
                        .map(track -> new Lens.Cut(
                                track,
                                worst.get(track).window(),
                                worst.get(track).lens()))
                        .toList(),
                attention.get(0),
                attention.get(1),
                read ? reader.gates() : List.of(),
                read ? reader.edges() : List.of());
    }

    /** @param of one per answer token */
    private List<Lens> lens(Readout uncut, int... of) {
        int entries = model.shape().layers() + 1;
        int[] tokens = IntStream.range(0, entries * of.length)
                .map(state -> state % of.length)
                .toArray();
        int top = request.reading(Reading.Lens.class).orElseThrow().top();
        List<Lens.Stage> stages;
        try (Scope scope = Scope.open()) {
            stages = uncut.lens(tips.below(of), tokens, top);
        }
        return IntStream.range(0, of.length)
                .mapToObj(token -> new Lens(IntStream.range(0, entries)
                        .mapToObj(entry -> stages.get(entry * of.length + token))
                        .toList()))
                .toList();
    }

    @Override
    public void close() {
        if (tips != null) {
            tips.close();
        }
        if (reader != null) {
            reader.close();
        }
    }
}
