package sightline.option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import sightline.error.InputException;

/** What is cut, and in how many layers at a time. */
public final class CutOptions {
    private static final String BASELINE = "full_attention";

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
                            + " instruction, template, image_token and answer; image can be a source. full_attention is the"
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

    /** The pathways, in the order given; none for the baseline alone. */
    public List<Pathway> pathways() {
        Map<Pathway, String> named = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw twice(name, "");
            }
            switch (name) {
                case BASELINE -> {} // always computed
                case "all" -> Pathway.PUBLISHED.forEach(pathway -> add(named, pathway, name));
                default -> add(named, Pathways.named(name).orElseThrow(() -> unknown(name)), name);
            }
        }
        return List.copyOf(named.keySet());
    }

    private static void add(Map<Pathway, String> named, Pathway pathway, String name) {
        if (named.putIfAbsent(pathway, name) != null) {
            throw twice(pathway.name(), ", alone and in all");
        }
    }

    private static InputException twice(String name, String how) {
        return new InputException("--pathways", "holds " + name + " twice" + how, "each name once", "Drop one of them");
    }

    private static InputException unknown(String name) {
        List<String> sets = new ArrayList<>();
        Pathways.textSets().forEach(sets::add);
        String expected = "all, " + BASELINE + ", "
                + Pathway.PUBLISHED.stream().map(Pathway::name).collect(Collectors.joining(", "))
                + ", or SOURCE_to_TARGET of " + String.join(", ", sets) + " (image can be a source)";
        List<String> known = new ArrayList<>(List.of("all", BASELINE));
        known.addAll(Pathways.all().keySet());
        return Options.unknown("--pathways", name, known, expected);
    }
}
