package sightline.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSet;
import sightline.knockout.HeadSilencing;
import sightline.knockout.ModelShape;
import sightline.knockout.Track;

/**
 * Heads that are silenced together.
 *
 * @param sets chosen ones, each set at once; with any, no head is silenced alone
 * @param allRows whether these are silenced at every text row, and not only where an answer token is read out
 * @param curves whether a second round is asked for, in which shares of the heads are kept and cut together
 * @param order in that second round, the heads as layer · H + head, the neediest first; else empty
 */
public record JointHeads(List<HeadSet> sets, boolean allRows, boolean curves, List<Integer> order) {
    /** None. */
    public static final JointHeads NONE = new JointHeads(List.of(), false, false, List.of());

    public JointHeads {
        sets = List.copyOf(sets);
        order = List.copyOf(order);
    }

    /** Some chosen sets. */
    public static JointHeads chosen(List<HeadSet> sets, boolean allRows) {
        return new JointHeads(sets, allRows, false, List.of());
    }

    /** A second round is asked for. */
    public static JointHeads withCurves() {
        return new JointHeads(List.of(), false, true, List.of());
    }

    /** That second round. */
    static JointHeads ranked(List<Integer> order) {
        return new JointHeads(List.of(), false, false, order);
    }

    /** Whether any are silenced together, by this round. */
    boolean any() {
        return !sets.isEmpty() || !order.isEmpty();
    }

    /** The names of what is silenced. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        sets.forEach(set -> names.add(HeadSilencing.name(set, allRows)));
        if (!order.isEmpty()) {
            names.addAll(HeadShares.names());
        }
        return names;
    }

    /**
     * What is traced of a sample.
     *
     * @param means what silenced heads read; 0 if empty
     * @param sample its id, for draws
     */
    List<Track> tracks(ModelShape shape, Optional<HeadMeans> means, long sample) {
        HeadSilencing silencing = allRows ? HeadSilencing.atAllRows(means) : HeadSilencing.atReadOut(means);
        List<Track> tracks = new ArrayList<>();
        sets.forEach(set -> tracks.add(silencing.together(HeadSilencing.name(set, allRows), set, shape)));
        if (!order.isEmpty()) {
            tracks.addAll(HeadShares.tracks(order, silencing, shape, sample));
        }
        return tracks;
    }
}
