package sightline.option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Interventions;

/** What is cut, and in how many layers at a time. */
public final class CutOptions {
    /** Far more layers than any model has; beyond that it is a slip of the hand. */
    private static final int LARGEST = 999;

    @Option(
            names = {"--pathways", "--block_types"},
            split = ",",
            arity = "1..*",
            defaultValue = "all",
            paramLabel = "NAME",
            description =
                    "What to cut: image_to_last, image_to_question, question_to_last, last_to_last, or all for these"
                            + " four (default). Narrower ones are SOURCE_to_TARGET of last, question, question_text, choices,"
                            + " instruction, template, image_token and answer; image, begin and question_without_begin can be"
                            + " sources. full_attention is the"
                            + " baseline, which is always there.")
    private List<String> names;

    @Option(
            names = "--k",
            split = ",",
            arity = "1..*",
            defaultValue = "9",
            paramLabel = "N",
            description = "Window sizes: how many layers around each layer are cut; 9 by default.")
    private List<String> sizes;

    /** The window sizes, in the order given. */
    public List<Integer> sizes() {
        return Options.integers("--k", sizes, 1, LARGEST, "1,9");
    }

    /** The names of the pathways, in the order given; none for the baseline alone. */
    public List<String> pathways() {
        Set<String> named = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw twice(name, "");
            }
            switch (name) {
                case Interventions.BASELINE -> {} // always computed
                case "all" -> Interventions.PUBLISHED.forEach(pathway -> add(named, pathway));
                default -> add(named, known(name));
            }
        }
        return List.copyOf(named);
    }

    private static void add(Set<String> named, String name) {
        if (!named.add(name)) {
            throw twice(name, ", alone and in all");
        }
    }

    private static String known(String name) {
        if (!Interventions.names().contains(name)) {
            throw unknown(name);
        }
        return name;
    }

    private static InputException twice(String name, String how) {
        return new InputException("--pathways", "holds " + name + " twice" + how, "each name once", "Drop one of them");
    }

    private static InputException unknown(String name) {
        String expected = "all, " + Interventions.BASELINE + ", " + String.join(", ", Interventions.PUBLISHED)
                + ", or SOURCE_to_TARGET of " + String.join(", ", Interventions.textSets())
                + " (image, " + String.join(" and ", Interventions.textSources()) + " can be sources)";
        List<String> known = new ArrayList<>(List.of("all", Interventions.BASELINE));
        known.addAll(Interventions.names());
        return Options.unknown("--pathways", name, known, expected);
    }
}
