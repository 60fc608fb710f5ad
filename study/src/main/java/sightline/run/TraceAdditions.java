package sightline.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.ModelShape;
import sightline.knockout.Track;
import sightline.knockout.Windows;

/**
 * What is traced of every sample beside the curves around each layer.
 *
 * @param keep pathways into the last row, by name, of which each is kept alone; with any, nothing is kept too
 * @param keepIn where, in its enum's order
 * @param joint pathways, by name, of which all subsets are cut at whole depth
 * @param triangle pathways, by name, that are cut in every range of layers
 * @param controls in their enum's order
 * @param inside what is read inside the decoder, in its enum's order
 * @param heads whether heads are silenced, each alone at the read-out row or as {@code jointHeads} says, and what they then read
 * @param jointHeads heads that are silenced together; none without {@code heads}
 * @param answerRegion whether the place on the page that says the answer is cut at whole depth
 */
public record TraceAdditions(
        List<String> keep,
        List<KeepIn> keepIn,
        List<String> joint,
        List<String> triangle,
        List<Control> controls,
        List<InsideKind> inside,
        HeadFill heads,
        JointHeads jointHeads,
        boolean answerRegion) {
    /** None. */
    public static final TraceAdditions NONE = new TraceAdditions(List.of(), List.of(), List.of());

    public TraceAdditions {
        keep = List.copyOf(keep);
        keepIn = keepIn.stream().sorted().distinct().toList();
        joint = List.copyOf(joint);
        triangle = List.copyOf(triangle);
        controls = controls.stream().sorted().distinct().toList();
        inside = inside.stream().sorted().distinct().toList();
        Objects.requireNonNull(heads);
        Objects.requireNonNull(jointHeads);
        if (heads == HeadFill.NONE && !jointHeads.equals(JointHeads.NONE)) {
            throw new IllegalArgumentException("heads are silenced together, but nothing says what they read");
        }
    }

    /** What is kept is kept at whole depth, and there are no ranges of layers. */
    public TraceAdditions(List<String> keep, List<String> joint, List<Control> controls) {
        this(keep, List.of(KeepIn.DEPTH), joint, List.of(), controls, List.of(), HeadFill.NONE, JointHeads.NONE, false);
    }

    /** Whether each head is silenced alone. */
    public boolean silencesEachHead() {
        return heads != HeadFill.NONE && !jointHeads.any();
    }

    /**
     * Each head of each layer silenced alone, at the row at which an answer token is read out, or those that are silenced
     * together; none if neither is asked for.
     *
     * @param means where heads read these
     * @param sample its id, for draws
     */
    public List<Track> heads(ModelShape shape, Optional<HeadMeans> means, long sample) {
        if (means.isPresent() != (heads == HeadFill.MEAN)) {
            throw new IllegalArgumentException(
                    "heads " + heads + (means.isPresent() ? " with" : " without") + " means");
        }
        return silencesEachHead()
                ? HeadSilencing.atReadOut(means).each(shape)
                : jointHeads.tracks(shape, means, sample);
    }

    /** The same with the place that says the answer. */
    public TraceAdditions withAnswerRegion() {
        return new TraceAdditions(keep, keepIn, joint, triangle, controls, inside, heads, jointHeads, true);
    }

    /** Whether a control is asked for. */
    public boolean has(Control control) {
        return controls.contains(control);
    }

    /** Whether pathways are kept alone there. */
    public boolean keeps(KeepIn where) {
        return !keep.isEmpty() && keepIn.contains(where);
    }

    /** Whether anything acts at whole depth. */
    public boolean actsAtWholeDepth() {
        return keeps(KeepIn.DEPTH) || !joint.isEmpty() || answerRegion || jointHeads.any();
    }

    /** The same with one more control. */
    public TraceAdditions with(Control more) {
        List<Control> all = new ArrayList<>(controls);
        all.add(more);
        return new TraceAdditions(keep, keepIn, joint, triangle, all, inside, heads, jointHeads, answerRegion);
    }

    /** The same, with each head silenced. */
    public TraceAdditions silencing(HeadFill fill) {
        return silencing(fill, JointHeads.NONE);
    }

    /** The same, with heads silenced together. */
    public TraceAdditions silencing(HeadFill fill, JointHeads together) {
        return new TraceAdditions(keep, keepIn, joint, triangle, controls, inside, fill, together, answerRegion);
    }

    /** The same, reading these inside the decoder. */
    public TraceAdditions reading(List<InsideKind> kinds) {
        return new TraceAdditions(keep, keepIn, joint, triangle, controls, kinds, heads, jointHeads, answerRegion);
    }

    /**
     * What is traced of every sample alike, but for the controls: what is kept, under masking zero, at whole depth and then around each layer; the joint cuts under
     * each masking; the ranges of layers under each masking.
     *
     * @param sizes of the curves' windows
     * @param maskings of the curves
     */
    public List<Track> tracks(Interventions family, List<Integer> sizes, List<Masking> maskings) {
        List<Windows> windows = new ArrayList<>();
        if (keeps(KeepIn.DEPTH)) {
            windows.add(new Windows.WholeDepth());
        }
        if (keeps(KeepIn.WINDOWS)) {
            sizes.forEach(k -> windows.add(new Windows.Around(k)));
        }
        List<Track> tracks = new ArrayList<>();
        for (Windows its : windows) {
            tracks.add(new Track(KeepOnly.nothing(), its, Masking.ZERO));
            family.named(keep).forEach(pathway -> tracks.add(new Track(KeepOnly.of(pathway), its, Masking.ZERO)));
        }
        for (Masking masking : maskings) {
            for (List<Intervention> subset : JointCut.subsets(family.named(joint))) {
                tracks.add(Track.wholeDepth(JointCut.of(subset), masking));
            }
        }
        for (Masking masking : maskings) {
            family.named(triangle)
                    .forEach(pathway -> tracks.add(new Track(pathway, new Windows.StartByEnd(), masking)));
        }
        return tracks;
    }

    /**
     * What acts at whole depth, as lines of a journal have it.
     *
     * @param maskings by name
     * @param region what is cut of the sample's region, by name
     */
    Set<TrackKey> wholeDepth(List<String> maskings, List<String> region) {
        Set<TrackKey> keys = new LinkedHashSet<>();
        if (keeps(KeepIn.DEPTH)) {
            keys.addAll(kept(0));
        }
        for (String masking : maskings) {
            JointCut.subsets(joint).forEach(subset -> keys.add(new TrackKey(JointCut.name(subset), 0, masking)));
            region.forEach(name -> keys.add(new TrackKey(name, 0, masking)));
        }
        jointHeads.names().forEach(name -> keys.add(new TrackKey(name, 0, Masking.ZERO.toString())));
        return keys;
    }

    /** What is kept around each layer, likewise. */
    Set<TrackKey> keptInWindows(List<Integer> sizes) {
        Set<TrackKey> keys = new LinkedHashSet<>();
        if (keeps(KeepIn.WINDOWS)) {
            sizes.forEach(k -> keys.addAll(kept(k)));
        }
        return keys;
    }

    private Set<TrackKey> kept(int k) {
        String zero = Masking.ZERO.toString();
        Set<TrackKey> keys = new LinkedHashSet<>(Set.of(new TrackKey(KeepOnly.NOTHING, k, zero)));
        keep.forEach(pathway -> keys.add(new TrackKey(KeepOnly.name(List.of(pathway)), k, zero)));
        return keys;
    }

    /** What is cut in ranges of layers, likewise. */
    Set<TrackKey> triangles(List<String> maskings) {
        Set<TrackKey> keys = new LinkedHashSet<>();
        maskings.forEach(masking -> triangle.forEach(pathway -> keys.add(new TrackKey(pathway, 0, masking))));
        return keys;
    }

    /**
     * An intervention by name, in windows.
     *
     * @param k their size; 0 if they are not around each layer
     */
    record TrackKey(String intervention, int k, String masking) {}
}
