package sightline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Pathway;
import sightline.knockout.Pathways;

/** What is cut, and in how many layers at a time. */
final class CutOptions {
    private static final String BASELINE = "full_attention";

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
    List<Integer> sizes() {
        return Options.integers("--k", sizes, 1, "1,9");
    }

    /** The pathways, in the order given, each once; none for the baseline alone. */
    List<Pathway> pathways() {
        List<Pathway> named = new ArrayList<>();
        for (String name : names) {
            switch (name) {
                case BASELINE -> {} // always computed
                case "all" -> Pathway.PUBLISHED.forEach(pathway -> add(named, pathway));
                default -> add(named, Pathways.named(name).orElseThrow(() -> unknown(name)));
            }
        }
        return named;
    }

    private static void add(List<Pathway> named, Pathway pathway) {
        if (!named.contains(pathway)) {
            named.add(pathway);
        }
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
