package sightline.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sightline.knockout.Reading;
import sightline.run.InsideKind;

/** What is read inside the decoder, beside its output. */
public final class InsideOptions {
    /** How many of the likeliest tokens a lens shows. */
    private static final int TOP = 5;

    @Option(
            names = "--lens",
            description =
                    "Also read the answer's tokens off behind each layer, through the final norm and the head (the"
                            + " logit lens): with nothing cut, and under each pathway's most harmful window of each --k.")
    private boolean lens;

    @Option(
            names = "--attention",
            description =
                    "Also read what the rows at which the answer is read out attend to in each layer, how much of it"
                            + " goes over the edges that a pathway cuts, and how much the layers that read the picture add.")
    private boolean attention;

    /** What is asked for; empty as a rule. */
    public List<InsideKind> kinds() {
        List<InsideKind> kinds = new ArrayList<>();
        if (lens) {
            kinds.add(InsideKind.LENS);
        }
        if (attention) {
            kinds.add(InsideKind.ATTENTION);
        }
        return kinds;
    }

    /** Whether attention is asked for. */
    public boolean attends() {
        return attention;
    }

    /** The same as one reads of a single sample. */
    public List<Reading> readings() {
        return InsideKind.readings(kinds(), TOP);
    }
}
