package sightline.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Track;

/**
 * What is traced of every sample beside the curves around each layer.
 *
 * @param keep pathways into the last row, by name, of which each is kept alone at whole depth; with any, nothing is kept too
 * @param joint pathways, by name, of which all subsets are cut at whole depth
 * @param controls in their enum's order
 * @param answerRegion whether the place on the page that says the answer is cut at whole depth
 */
public record TraceAdditions(List<String> keep, List<String> joint, List<Control> controls, boolean answerRegion) {
    /** None. */
    public static final TraceAdditions NONE = new TraceAdditions(List.of(), List.of(), List.of(), false);

    public TraceAdditions {
        keep = List.copyOf(keep);
        joint = List.copyOf(joint);
        controls = controls.stream().sorted().distinct().toList();
    }

    /** The same with the place that says the answer. */
    public TraceAdditions withAnswerRegion() {
        return new TraceAdditions(keep, joint, controls, true);
    }

    /** Whether anything acts at whole depth. */
    boolean atWholeDepth() {
        return !keep.isEmpty() || !joint.isEmpty() || answerRegion;
    }

    /** Whether a control is asked for. */
    public boolean has(Control control) {
        return controls.contains(control);
    }

    /**
     * What acts at whole depth of every sample, whatever its region: what is kept, under masking zero, then the joint cuts under each masking.
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
     * The same by name, as lines of a journal have it, and what is cut of a region.
     *
     * @param maskings by name
     * @param region what is cut of the sample's region, by name
     */
    Set<WholeDepthKey> keys(List<String> maskings, List<String> region) {
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
            region.forEach(name -> keys.add(new WholeDepthKey(name, masking)));
        }
        return keys;
    }

    /** An intervention at whole depth under a masking, by name. */
    record WholeDepthKey(String intervention, String masking) {}
}
