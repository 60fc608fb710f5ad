package sightline.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.run.RunSettings;
import sightline.sweep.Strategy;

/** What is cut, where, and how the probability is read. */
public final class TraceOptions {
    @Mixin
    private CutOptions cuts;

    @Option(
            names = "--rows",
            defaultValue = "paper",
            paramLabel = "READING",
            description =
                    "While tracing, what rows before the image token read: paper (default), transformers or meta.")
    private String rows;

    @Option(
            names = "--masking",
            split = ",",
            arity = "1..*",
            defaultValue = "paper",
            paramLabel = "NAME",
            description = "What a row reads that a cut leaves nothing: the mean of all values (paper, the default) or"
                    + " nothing (zero). For trace also both: paper,zero.")
    private List<String> maskings;

    @Option(
            names = "--temperature",
            defaultValue = "0.6",
            paramLabel = "T",
            description = "Logits are divided by this before probabilities are read; 0.6 by default.")
    private String temperature;

    @Mixin
    private FlipEndOption flipEnd;

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
                    "Trace the first N samples of those traced now (ask has one) again with the naive sweep, and say on stderr how far"
                            + " apart the two are; more than rounding explains is an error. 0 by default.")
    private String verify;

    /** One masking, as {@code ask} and its output have it. */
    public Tracing tracing() {
        List<Masking> named = maskings();
        if (named.size() > 1) {
            throw Options.wrong("--masking", String.join(",", maskings), "one masking", "paper");
        }
        return new Tracing(
                cuts.pathways(),
                cuts.sizes(),
                Options.oneOf("--rows", rows, RowReading.values()),
                named.get(0),
                readTemperature(),
                strategy(),
                flipEnd.asked(),
                verify());
    }

    /** The settings of a whole run; several maskings may be named. */
    public RunSettings settings() {
        return new RunSettings(
                        cuts.pathways(),
                        cuts.sizes(),
                        maskings(),
                        Options.oneOf("--rows", rows, RowReading.values()),
                        readTemperature(),
                        strategy())
                .withFlipEnd(flipEnd.asked());
    }

    /** How many samples are traced again with the naive sweep. */
    public int verify() {
        int samples = Options.integer("--verify", verify, 0, "1");
        if (samples > 0 && strategy() == Strategy.NAIVE) {
            throw new InputException(
                    "--verify",
                    "changes nothing: the naive sweep is what it compares with",
                    "",
                    "Leave --verify or --strategy naive out");
        }
        return samples;
    }

    private Strategy strategy() {
        return Options.oneOf("--strategy", strategy, Strategy.values());
    }

    private List<Masking> maskings() {
        List<Masking> named = new ArrayList<>();
        for (String name : maskings) {
            Masking masking = Options.oneOf("--masking", name, Masking.values());
            if (named.contains(masking)) {
                throw Options.wrong("--masking", String.join(",", maskings), "each masking once", "paper,zero");
            }
            named.add(masking);
        }
        return named;
    }

    private double readTemperature() {
        double number = Options.positive("--temperature", temperature, Double.POSITIVE_INFINITY, "0.6");
        if (number < SweepRequest.LEAST_TEMPERATURE) {
            throw Options.wrong(
                    "--temperature",
                    temperature,
                    "a number of at least " + Options.plain(SweepRequest.LEAST_TEMPERATURE),
                    "0.6");
        }
        return number;
    }
}
