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

/**
 * What is traced of every sample beside the curves around each layer.
 *
 * @param keep pathways into the last row, by name, of which each is kept alone at whole depth; with any, nothing is kept too
 * @param joint pathways, by name, of which all subsets are cut at whole depth
 * @param controls in their enum's order
 * @param heads whether each head is silenced alone at the read-out row, and what it then reads
 */
public record TraceAdditions(List<String> keep, List<String> joint, List<Control> controls, HeadFill heads) {
    /** None. */
    public static final TraceAdditions NONE = new TraceAdditions(List.of(), List.of(), List.of(), HeadFill.NONE);

    public TraceAdditions {
        keep = List.copyOf(keep);
        joint = List.copyOf(joint);
        controls = controls.stream().sorted().distinct().toList();
        Objects.requireNonNull(heads);
    }

    /** The same without heads. */
    public TraceAdditions(List<String> keep, List<String> joint, List<Control> controls) {
        this(keep, joint, controls, HeadFill.NONE);
    }

    /** Whether heads are silenced. */
    public boolean silencesHeads() {
        return heads != HeadFill.NONE;
    }

    /**
     * Each head of each layer silenced alone, at the row at which an answer token is read out; none if that is not asked for.
     *
     * @param means where heads read these
     */
    public List<Track> heads(ModelShape shape, Optional<HeadMeans> means) {
        if (means.isPresent() != (heads == HeadFill.MEAN)) {
            throw new IllegalArgumentException(
                    "heads " + heads + (means.isPresent() ? " with" : " without") + " means");
        }
        return silencesHeads() ? HeadSilencing.atReadOut(means).each(shape) : List.of();
    }

    /** Whether a control is asked for. */
    public boolean has(Control control) {
        return controls.contains(control);
    }

    /**
     * What acts at whole depth: what is kept, under masking zero, then the joint cuts under each masking.
     *
     * @param maskings of the curves
     */
    public List<Track> wholeDepth(Interventions family, List<Masking> maskings) {
        List<Track> tracks = new ArrayList<>();
        if (!keep.isEmpty()) {
            tracks.add(Track.wholeDepth(KeepOnly.nothing(), Masking.ZERO));
        }
        for (Intervention pathway : family.named(keep)) {
            tracks.add(Track.wholeDepth(KeepOnly.of(pathway), Masking.ZERO));
        }
        for (Masking masking : maskings) {
            for (List<Intervention> subset : JointCut.subsets(family.named(joint))) {
                tracks.add(Track.wholeDepth(JointCut.of(subset), masking));
            }
        }
        return tracks;
    }

    /**
     * The same by name, as lines of a journal have it.
     *
     * @param maskings by name
     */
    Set<WholeDepthKey> keys(List<String> maskings) {
        Set<WholeDepthKey> keys = new LinkedHashSet<>();
        String zero = Masking.ZERO.toString();
        if (!keep.isEmpty()) {
            keys.add(new WholeDepthKey(KeepOnly.NOTHING, zero));
        }
        keep.forEach(pathway -> keys.add(new WholeDepthKey(KeepOnly.name(List.of(pathway)), zero)));
        for (String masking : maskings) {
            for (List<String> subset : JointCut.subsets(joint)) {
                keys.add(new WholeDepthKey(JointCut.name(subset), masking));
            }
        }
        return keys;
    }

    /** An intervention at whole depth under a masking, by name. */
    record WholeDepthKey(String intervention, String masking) {}
}
