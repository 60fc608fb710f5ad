package sightline.study;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sightline.option.InsideOptions;
import sightline.run.InsideKind;

/** Attention of single heads in a run. */
final class HeadAttentionOption {
    @Option(
            names = "--attention-heads",
            description =
                    "Also write what each head of the rows that read out attends to, by role: thousands of numbers a"
                            + " sample.")
    private boolean heads;

    /** What is read inside, with it if it is asked for. */
    List<InsideKind> kinds(InsideOptions inside) {
        List<InsideKind> kinds = new ArrayList<>(inside.kinds());
        if (heads) {
            kinds.add(InsideKind.ATTENTION_HEADS);
        }
        return kinds;
    }
}
