package sightline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Pathway;
import sightline.knockout.Pathways;
import sightline.knockout.SweepRequest;
import sightline.model.Masking;
import sightline.model.RowReading;

/** What is cut, where, and how the probability is read. */
final class TraceOptions {
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
    private List<String> pathways;

    @Option(
            names = "--k",
            split = ",",
            arity = "1..*",
            defaultValue = "9",
            paramLabel = "N",
            description = "Window sizes: how many layers around each layer are cut; 9 by default.")
    private List<String> sizes;

    @Option(
            names = "--rows",
            defaultValue = "paper",
            paramLabel = "READING",
            description =
                    "While tracing, what rows before the image token read: paper (default), transformers or meta.")
    private String rows;

    @Option(
            names = "--masking",
            defaultValue = "paper",
            paramLabel = "NAME",
            description = "What a row reads that a cut leaves nothing: the mean of all values (paper, the default) or"
                    + " nothing (zero).")
    private String masking;

    @Option(
            names = "--temperature",
            defaultValue = "0.6",
            paramLabel = "T",
            description = "Logits are divided by this before probabilities are read; 0.6 by default.")
    private String temperature;

    @Option(
            names = "--strategy",
            defaultValue = "shared",
            paramLabel = "NAME",
            description =
                    "How the sweep is computed, with the same numbers: shared (default), every distinct state once; or"
                            + " naive, one text pass for each distinct cut, much slower, to check the other.")
    private String strategy;

    @Option(
            names = "--verify",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Trace the first N samples (ask has one) again with the naive sweep, and say on stderr how far"
                            + " apart the two are; 0 by default.")
    private String verify;

    Tracing tracing() {
        return new Tracing(
                named(),
                Options.integers("--k", sizes, 1, "1,9"),
                Options.oneOf("--rows", rows, RowReading.values()),
                Options.oneOf("--masking", masking, Masking.values()),
                readTemperature(),
                Options.oneOf("--strategy", strategy, Strategy.values()),
                Options.integer("--verify", verify, 0, "1"));
    }

    private double readTemperature() {
        double number = Options.positive("--temperature", temperature, Double.POSITIVE_INFINITY, "0.6");
        if (number < SweepRequest.LEAST_TEMPERATURE) {
            throw Options.wrong(
                    "--temperature", temperature, "a number of at least " + SweepRequest.LEAST_TEMPERATURE, "0.6");
        }
        return number;
    }

    private List<Pathway> named() {
        List<Pathway> named = new ArrayList<>();
        for (String name : pathways) {
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
        List<String> names = new ArrayList<>(List.of("all", BASELINE));
        names.addAll(Pathways.all().keySet());
        return Options.unknown("--pathways", name, names, expected);
    }
}
