package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Query heads silenced, one by one or in sets: which heads does the answer need? Exact, by interventions; what comes of it is in
 * a trace's tracks.
 *
 * <p>All of it is under masking {@code zero}, of which it does not depend: a row whose heads are all silenced by zeros is the
 * row with every edge cut.
 *
 * @param media the layers whose heads are silenced: those that read text, the picture, or both
 * @param rows the text rows in which they are
 * @param means what they read instead; 0 if empty
 */
public record HeadSilencing(Set<Medium> media, TokenSet rows, Optional<HeadMeans> means) {
    private static final TokenSet LAST = new TokenSet.Last();
    private static final TokenSet ALL_ROWS = new TokenSet.Union(List.of(new TokenSet.BeforeLast(), LAST));

    public HeadSilencing {
        media = Set.copyOf(media);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(means);
    }

    /** Heads of all layers, at the row at which an answer token is read out. */
    public static HeadSilencing atReadOut(Optional<HeadMeans> means) {
        return new HeadSilencing(Set.of(Medium.values()), LAST, means);
    }

    /** Heads of all layers, at every text row. */
    public static HeadSilencing atAllRows(Optional<HeadMeans> means) {
        return new HeadSilencing(Set.of(Medium.values()), ALL_ROWS, means);
    }

    /** As in results: {@code head(7)}. */
    public static String name(int head) {
        return "head(" + head + ")";
    }

    /**
     * As in results: {@code heads(8.3,8.5)}, or {@code heads_in_all_rows(8.3,8.5)}.
     *
     * @param allRows whether they are silenced at every text row
     */
    public static String name(HeadSet set, boolean allRows) {
        return (allRows ? "heads_in_all_rows(" : "heads(") + set + ")";
    }

    /** A head of whichever layer the window holds. */
    public Intervention one(int head) {
        BitSet heads = new BitSet();
        heads.set(head);
        return silencing(name(head), new Edit.Silence(heads, means));
    }

    /** Every head of every layer alone: one track per head, whose windows are the layers. L × heads variants. */
    public List<Track> each(ModelShape shape) {
        return IntStream.range(0, shape.heads())
                .mapToObj(head -> new Track(one(head), new Windows.Around(1), Masking.ZERO))
                .toList();
    }

    /**
     * Heads of several layers at once.
     *
     * @param name as in results
     * @param heads by layer
     */
    public Track together(String name, List<BitSet> heads) {
        return Track.wholeDepth(silencing(name, new Edit.SilenceByLayer(heads, means)), Masking.ZERO);
    }

    /** The same of a set. */
    public Track together(String name, HeadSet set, ModelShape shape) {
        return together(name, set.byLayer(shape));
    }

    private Intervention silencing(String name, Edit edit) {
        List<Act> acts = new ArrayList<>();
        for (Medium medium : Medium.values()) {
            if (media.contains(medium)) {
                acts.add(new Act(medium, rows, edit));
            }
        }
        return new Intervention(name, acts, Set.of(Masking.ZERO));
    }

    /** Whether heads are all that an intervention changes. */
    public static boolean is(Intervention intervention) {
        return intervention.acts().stream()
                .allMatch(act -> act.edit() instanceof Edit.Silence || act.edit() instanceof Edit.SilenceByLayer);
    }

    /** A trace's curves of single heads, in the heads' order; none if it has no tracks of {@link #each}. */
    public static List<Curve> curves(Trace trace) {
        return trace.tracked().stream()
                .filter(curve -> isOfOneHead(curve.intervention(), curve.windows()))
                .toList();
    }

    /** Whether an intervention in these windows is one of {@link #each}. */
    public static boolean isOfOneHead(Intervention intervention, Windows windows) {
        return is(intervention) && windows.equals(new Windows.Around(1));
    }

    /**
     * How far the answer's log-odds fall with each head silenced alone, nats: [layer][head]; above 0 where the head helped.
     *
     * @param trace of a request with the tracks of {@link #each}, and measures; no others of single heads
     * @return without layers if it has no such tracks
     */
    public static double[][] losses(Trace trace) {
        List<Curve> curves = curves(trace);
        if (curves.isEmpty()) {
            return new double[0][];
        }
        int[] answer = trace.request().answer();
        double uncut = trace.answer().logOdds();
        double[][] losses = new double[curves.get(0).tokenProbability()[0].length][curves.size()];
        for (int layer = 0; layer < losses.length; layer++) {
            for (int head = 0; head < curves.size(); head++) {
                losses[layer][head] =
                        uncut - curves.get(head).answer(layer, answer).logOdds();
            }
        }
        return losses;
    }
}
