package sightline.ask;

import picocli.CommandLine.Option;
import sightline.option.Options;

/** How many of the words that come in place of the answer are shown. */
final class DecodeOption {
    @Option(
            names = "--decode",
            defaultValue = "8",
            paramLabel = "N",
            description =
                    "Where a pathway's most harmful window changes the answer, show what the model says instead: up"
                            + " to N tokens, each of one text pass. 8 by default, 0 for none.")
    private String decode;

    int tokens() {
        return Options.integer("--decode", decode, 0, "8");
    }
}
