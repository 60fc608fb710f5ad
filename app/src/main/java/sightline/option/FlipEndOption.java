package sightline.option;

import java.util.Set;
import picocli.CommandLine.Option;
import sightline.error.InputException;

/** Whether an answer that no longer ends counts as another one. */
public final class FlipEndOption {
    private static final String NAME = "--flip-end";

    @Option(
            names = NAME,
            description =
                    "An answer also flips where a cut keeps its words but not its end: greedy decoding would go on"
                            + " behind them. One more read-out position, about 5 %% more to compute; with --lens or --attention a"
                            + " second sweep.")
    private boolean asked;

    boolean asked() {
        return asked;
    }

    /**
     * Refuses it for a checkpoint whose answers nothing but their length ends.
     *
     * @param asked whether it is asked for
     * @param endTokens the checkpoint's
     */
    public static void require(boolean asked, Set<Integer> endTokens) {
        if (asked && endTokens.isEmpty()) {
            throw new InputException(
                    NAME,
                    "is given, but this checkpoint names no token that ends an answer",
                    "eos_token_id in its generation_config.json",
                    "Leave it out, or put back the generation_config.json that was published with the checkpoint");
        }
    }
}
