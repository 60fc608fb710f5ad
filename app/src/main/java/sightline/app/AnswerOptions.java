package sightline.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.model.Decoding;
import sightline.model.RowReading;

/** Which answer is traced: one that is given, or what the model says. */
final class AnswerOptions {
    @Option(
            names = "--answer",
            paramLabel = "TEXT",
            description = "Trace this answer. Without --answer or --answer-tokens the model answers by itself.")
    private String text;

    @Option(
            names = "--answer-tokens",
            paramLabel = "ID,ID,...",
            description = "Trace the answer of these token ids, without the end token.")
    private String tokens;

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

    /** Whether the answer is given, so that nothing is generated. */
    private boolean given() {
        return text != null || tokens != null;
    }

    /** What to say about options that change nothing here. */
    List<String> remarks() {
        List<String> idle = new ArrayList<>();
        if (given() && rows != null) {
            idle.add("--answer-rows");
        }
        if (given() && maxNewTokens != null) {
            idle.add("--max-new-tokens");
        }
        return idle.stream()
                .map(option -> option + " changes nothing here: the answer is given.")
                .toList();
    }

    /** @param mostTokens the prompt's own limit */
    Answering answering(int mostTokens) {
        if (text != null && tokens != null) {
            throw new InputException("--answer-tokens", "is given beside --answer", "one of the two", "Leave one out");
        }
        requireSampling("--top-p", topP);
        requireSampling("--seed", seed);
        if (given() && sampleTemperature != null) {
            throw new InputException(
                    "--sample-temperature", "draws an answer, but one is given", "", "Leave one of them out");
        }
        int most = maxNewTokens == null ? mostTokens : Options.integer("--max-new-tokens", maxNewTokens, 1, "25");
        return new Answering(
                Optional.ofNullable(text),
                Optional.ofNullable(tokens).map(AnswerOptions::ids),
                rows == null ? RowReading.TRANSFORMERS : Options.oneOf("--answer-rows", rows, RowReading.values()),
                decoding(most));
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

    private Decoding decoding(int most) {
        if (sampleTemperature == null) {
            return Decoding.greedy(most);
        }
        double temperature =
                Options.positive("--sample-temperature", sampleTemperature, Double.POSITIVE_INFINITY, "0.6");
        double mass = topP == null ? 1 : Options.positive("--top-p", topP, 1, "0.9");
        return Decoding.sampled(most, temperature, mass, seed == null ? 0 : Options.wholeNumber("--seed", seed, "7"));
    }

    private static List<Integer> ids(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(id -> Options.integer("--answer-tokens", id, 0, "5,6,7"))
                .toList();
    }
}
