package sightline.option;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Interventions;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.run.Control;
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
        return new TraceAdditions(kept(maskings), together(), named, false);
    }

    /**
     * The same where there is no other sample.
     *
     * @throws InputException if another one's picture is asked for
     */
    public TraceAdditions ofOneSample(List<Masking> maskings) {
        TraceAdditions asked = additions(maskings);
        if (asked.has(Control.SWAP)) {
            throw new InputException(
                    "--control",
                    "holds swap, but there is no other sample whose picture could be taken",
                    "blank or random_sources",
                    "Leave swap out, or ask about the other picture too");
        }
        return asked;
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
        for (String name : joint) {
            if (NAMED.named(name).isEmpty()) {
                throw Options.unknown(
                        "--joint",
                        name,
                        new ArrayList<>(Interventions.names()),
                        String.join(", ", JointCut.PATHWAYS) + ", or another pathway of --pathways");
            }
        }
        if (joint.size() == 1 || joint.size() > MOST_JOINT) {
            throw Options.wrong(
                    "--joint",
                    String.join(",", joint),
                    "two to " + MOST_JOINT + " pathways",
                    String.join(",", JointCut.PATHWAYS));
        }
        return joint;
    }

    private static void requireOnce(String option, List<String> names) {
        if (new TreeSet<>(names).size() < names.size()) {
            throw new InputException(option, "is " + String.join(",", names), "each name once", "Drop one of them");
        }
    }
}
