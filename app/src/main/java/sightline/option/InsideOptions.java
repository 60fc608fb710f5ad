package sightline.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sightline.knockout.Reading;

/** What is read inside the decoder, beside its output. */
public final class InsideOptions {
    /** How many of the likeliest tokens a lens shows. */
    private static final int TOP = 5;

    @Option(
            names = "--lens",
            description =
                    "Also read the answer's tokens off behind each layer, through the final norm and the head (the"
                            + " logit lens): with nothing cut, and under each pathway's most harmful window, of the first --k.")
    private boolean lens;

    @Option(
            names = "--attention",
            description =
                    "Also read what the rows at which the answer is read out attend to in each layer, how much of it"
                            + " goes over the edges that a pathway cuts, and how much the layers that read the picture add.")
    private boolean attention;

    /** What is asked for; empty as a rule. */
    public List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        if (lens) {
            readings.add(new Reading.Lens(TOP));
        }
        if (attention) {
            readings.addAll(List.of(new Reading.Attention(), new Reading.Gates(), new Reading.Edges()));
        }
        return readings;
    }
}
