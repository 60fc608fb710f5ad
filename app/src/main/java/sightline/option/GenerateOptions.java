package sightline.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.RowReading;
import sightline.model.Decoding;

/** How the model answers by itself. */
public final class GenerateOptions {
    @Option(
            names = "--answer-rows",
            paramLabel = "READING",
            description =
                    "While answering, what rows before the image token read: transformers (default), meta or paper.")
    private String rows;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            description = "The longest answer, in tokens; 25 for plain, vqav2 and visual7w, 512 for docvqa by default.")
    private String maxNewTokens;

    @Option(
            names = "--sample-temperature",
            paramLabel = "T",
            description = "Draw the answer's tokens at this temperature; without it each token is the likeliest one.")
    private String sampleTemperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "With --sample-temperature: draw from the likeliest tokens that reach this probability; 1 by"
                    + " default.")
    private String topP;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --sample-temperature: the same seed draws the same answer; 0 by default.")
    private String seed;

    /** The row reading, if one was named. */
    public Optional<RowReading> namedRows() {
        return Optional.ofNullable(rows).map(name -> Options.oneOf("--answer-rows", name, RowReading.values()));
    }

    /** The row reading while the model answers. */
    public RowReading rows() {
        return namedRows().orElse(RowReading.TRANSFORMERS);
    }

    /** Whether tokens are drawn instead of taken greedily. */
    public boolean samples() {
        return sampleTemperature != null;
    }

    /** Options that change nothing where the answer is given. */
    public List<String> idleIfGiven() {
        List<String> idle = new ArrayList<>();
        if (rows != null) {
            idle.add("--answer-rows");
        }
        if (maxNewTokens != null) {
            idle.add("--max-new-tokens");
        }
        return idle;
    }

    /** Refuses options that change nothing without another. */
    public void requireSense() {
        requireSampling("--top-p", topP);
        requireSampling("--seed", seed);
    }

    private void requireSampling(String option, String value) {
        if (value != null && sampleTemperature == null) {
            throw new InputException(
                    option,
                    "changes nothing unless tokens are drawn",
                    "",
                    "Give --sample-temperature too, or leave " + option + " out");
        }
    }

    /**
     * How the model answers.
     *
     * @param mostTokens the prompt's own limit
     */
    public Decoding decoding(int mostTokens) {
        requireSense();
        int most = maxNewTokens == null ? mostTokens : Options.integer("--max-new-tokens", maxNewTokens, 1, "25");
        if (sampleTemperature == null) {
            return Decoding.greedy(most);
        }
        double temperature =
                Options.positive("--sample-temperature", sampleTemperature, Double.POSITIVE_INFINITY, "0.6");
        double mass = topP == null ? 1 : Options.positive("--top-p", topP, 1, "0.9");
        return Decoding.sampled(most, temperature, mass, seed == null ? 0 : Options.wholeNumber("--seed", seed, "7"));
    }
}
