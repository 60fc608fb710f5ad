package sightline.ask;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.option.GenerateOptions;
import sightline.option.Options;

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

    @Mixin
    private GenerateOptions generate;

    /** Whether the answer is given, so that nothing is generated. */
    private boolean given() {
        return text != null || tokens != null;
    }

    /** What to say about options that change nothing here. */
    List<String> remarks() {
        List<String> idle = given() ? generate.idleIfGiven() : List.of();
        return idle.stream()
                .map(option -> option + " changes nothing here: the answer is given.")
                .toList();
    }

    /** @param mostTokens the prompt's own limit */
    Answering answering(int mostTokens) {
        if (text != null && tokens != null) {
            throw new InputException("--answer-tokens", "is given beside --answer", "one of the two", "Leave one out");
        }
        generate.requireSense();
        if (given() && generate.samples()) {
            throw new InputException(
                    "--sample-temperature", "draws an answer, but one is given", "", "Leave one of them out");
        }
        return new Answering(
                Optional.ofNullable(text),
                Optional.ofNullable(tokens).map(AnswerOptions::ids),
                generate.rows(),
                generate.decoding(mostTokens));
    }

    private static List<Integer> ids(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(id -> Options.integer("--answer-tokens", id, 0, "5,6,7"))
                .toList();
    }
}
