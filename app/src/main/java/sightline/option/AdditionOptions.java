package sightline.option;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.run.Control;
import sightline.run.HeadFill;
import sightline.run.KeepIn;
import sightline.run.TraceAdditions;

/** What is traced beside the curves around each layer. */
public final class AdditionOptions {
    /** All subsets of more are too many to read. */
    private static final int MOST_JOINT = 4;

    private static final Interventions NAMED = Interventions.of(Medium.IMAGE); // all families have these names

    @Option(
            names = "--keep",
            split = ",",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Also keep each of these pathways into the last row alone, and none, in all layers at once:"
                    + " image_to_last, question_to_last or a narrower SOURCE_to_last. With --masking zero only.")
    private List<String> keep = List.of();

    @Option(
            names = "--keep-in",
            split = ",",
            arity = "1..*",
            paramLabel = "WHERE",
            description =
                    "Where pathways of --keep are kept alone: in all layers at once (depth, the default), or in a window"
                            + " around each layer, of every size of --k (windows).")
    private List<String> keepIn = List.of();

    @Option(
            names = "--triangle",
            split = ",",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Also cut each of these pathways in every range of layers, from any start to any end.")
    private List<String> triangle = List.of();

    @Option(
            names = "--joint",
            split = ",",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Also cut every subset of these pathways, two to four, in all layers at once.")
    private List<String> joint = List.of();

    @Option(
            names = "--control",
            split = ",",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Also trace what the numbers are held against: swap (the uncut answer with another sample's"
                    + " picture), blank (with the picture's mean colour), random_sources (as many other prompt tokens in"
                    + " place of a narrow pathway's sources).")
    private List<String> controls = List.of();

    @Mixin
    private HeadOption heads;

    /**
     * What is asked for.
     *
     * @param maskings of the curves
     */
    public TraceAdditions additions(List<Masking> maskings) {
        List<Control> named = controls.stream()
                .map(name -> Options.oneOf("--control", name, Control.values()))
                .toList();
        requireOnce("--control", controls);
        List<KeepIn> where = keepIn.stream()
                .map(name -> Options.oneOf("--keep-in", name, KeepIn.values()))
                .toList();
        requireOnce("--keep-in", keepIn);
        if (keep.isEmpty() && !keepIn.isEmpty()) {
            throw new InputException(
                    "--keep-in", "changes nothing without --keep", "pathways in --keep", "Name some, or leave it out");
        }
        requireOnce("--triangle", triangle);
        triangle.forEach(name -> requirePathway("--triangle", name));
        return new TraceAdditions(
                kept(maskings),
                where.isEmpty() ? List.of(KeepIn.DEPTH) : where,
                together(),
                triangle,
                named,
                List.of(),
                heads.fill(),
                heads.together(),
                false);
    }

    /**
     * The same where there is no other sample.
     *
     * @param otherPicture whether one is named, and control swap asked for by that
     * @throws InputException if another one's picture is asked for and none is named, or means of other samples are
     */
    public TraceAdditions ofOneSample(List<Masking> maskings, boolean otherPicture) {
        TraceAdditions asked = additions(maskings);
        if (asked.has(Control.SWAP) && !otherPicture) {
            throw new InputException(
                    "--control",
                    "holds swap, but there is no other sample whose picture could be taken",
                    "--swap FILE, the other picture",
                    "Name it, or leave swap out");
        }
        if (asked.jointHeads().curves()) {
            throw new InputException(
                    "--head-curves",
                    "needs samples to rank heads by, but there is only this question",
                    "a run",
                    "Trace one with --head-curves, or leave it out");
        }
        if (asked.heads() == HeadFill.MEAN) {
            throw new InputException(
                    "--heads",
                    "is mean, but there are no other samples to take means of",
                    "zero",
                    "Give --heads zero, or trace a run with --heads mean");
        }
        return otherPicture ? asked.with(Control.SWAP) : asked;
    }

    private List<String> kept(List<Masking> maskings) {
        Set<String> can = NAMED.all().values().stream()
                .filter(KeepOnly::canKeep)
                .map(Object::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        requireOnce("--keep", keep);
        for (String name : keep) {
            if (!can.contains(name)) {
                throw Options.unknown(
                        "--keep", name, can, "image_to_last, question_to_last, or a narrower SOURCE_to_last");
            }
        }
        if (!keep.isEmpty() && !maskings.contains(Masking.ZERO)) {
            throw new InputException(
                    "--keep",
                    "is given with --masking " + maskings.get(0) + ", under which an emptied row goes on reading the"
                            + " mean of what was cut",
                    "masking zero",
                    "Give --masking zero, or --masking paper,zero for curves under both");
        }
        return keep;
    }

    private List<String> together() {
        requireOnce("--joint", joint);
        joint.forEach(name -> requirePathway("--joint", name));
        if (joint.size() == 1 || joint.size() > MOST_JOINT) {
            throw Options.wrong(
                    "--joint",
                    String.join(",", joint),
                    "two to " + MOST_JOINT + " pathways",
                    String.join(",", JointCut.PATHWAYS));
        }
        return joint;
    }

    private static void requirePathway(String option, String name) {
        if (NAMED.named(name).isEmpty()) {
            throw Options.unknown(
                    option,
                    name,
                    new ArrayList<>(Interventions.names()),
                    String.join(", ", JointCut.PATHWAYS) + ", or another pathway of --pathways");
        }
    }

    private static void requireOnce(String option, List<String> names) {
        if (new TreeSet<>(names).size() < names.size()) {
            throw new InputException(option, "is " + String.join(",", names), "each name once", "Drop one of them");
        }
    }
}
