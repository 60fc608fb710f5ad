package sightline.ask;

import java.util.List;
import picocli.CommandLine.Option;
import sightline.option.Options;

/** Pathways of one's own, and what is said under every cut. */
final class OwnCutOption {
    @Option(
            names = "--cut",
            paramLabel = "SOURCE:TARGET",
            description =
                    "Also cut a pathway of one's own around each layer: from these tokens to those, such as"
                            + " 60-65,70:last. Numbers count the prompt's tokens from 0; names are those of --pathways; image,60-65 is the picture and text together. May be given several times.")
    private List<String> cuts = List.of();

    @Option(
            names = "--top",
            defaultValue = "0",
            paramLabel = "N",
            description = "Also show the N likeliest tokens under each cut: at the most harmful window, and with --json"
                    + " at every window. 0 by default.")
    private String top;

    List<OwnCut> cuts() {
        return cuts.stream().map(OwnCut::of).toList();
    }

    int top() {
        int count = Options.integer("--top", top, 0, "5");
        if (count > MOST) {
            throw Options.wrong("--top", top, "at most " + MOST, "5");
        }
        return count;
    }

    /** More are read off one by one, and nobody reads them. */
    private static final int MOST = 100;
}
