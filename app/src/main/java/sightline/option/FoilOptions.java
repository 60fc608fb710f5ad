package sightline.option;

import java.util.List;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.run.Foils;

/** What the answer is held against. */
public final class FoilOptions {
    @Option(
            names = "--foil",
            paramLabel = "TEXT",
            description =
                    "Hold the answer against this text (measure foil): first token against first token, or whole against"
                            + " whole where they begin alike. May be given several times, for the likeliest of them. The"
                            + " first token's likeliest other by default.")
    private List<String> texts = List.of();

    @Option(names = "--foil-choices", description = "Hold it against the other choices instead.")
    private boolean choices;

    /**
     * What is asked for.
     *
     * @param answers how many choices there are to every question
     */
    public Foils foils(int answers) {
        for (String text : texts) {
            if (text.isBlank()) {
                throw Options.wrong("--foil", text, "what might be said in place of the answer", "blue");
            }
        }
        if (choices && !texts.isEmpty()) {
            throw new InputException(
                    "--foil-choices", "is given beside --foil", "one of them", "Leave one of them out");
        }
        if (choices && answers == 0) {
            throw new InputException(
                    "--foil-choices",
                    "is given, but there are no choices",
                    "questions with choices, such as Visual7W's",
                    "Name what might be said instead with --foil");
        }
        return new Foils(texts, choices);
    }
}
