package sightline.option;

import picocli.CommandLine.Option;
import sightline.run.HeadFill;

/** Whether each attention head is silenced. */
public final class HeadOption {
    @Option(
            names = "--heads",
            arity = "0..1",
            defaultValue = "none",
            fallbackValue = "zero",
            paramLabel = "zero|mean",
            description =
                    "Also silence each attention head alone, at the row at which an answer token is read out: what it"
                            + " read counts as 0 (zero, as without a value), or is its mean over samples of other"
                            + " pictures (mean, not for ask). L x heads more numbers, for about 1.4 times the published sweep's states.")
    private String heads;

    /** What a silenced head reads. */
    HeadFill fill() {
        return Options.oneOf("--heads", heads, HeadFill.values());
    }
}
