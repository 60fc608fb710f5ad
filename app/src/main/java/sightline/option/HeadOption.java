package sightline.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.HeadSet;
import sightline.knockout.ModelShape;
import sightline.run.HeadFill;
import sightline.run.JointHeads;

/** Which attention heads are silenced, alone or together. */
public final class HeadOption {
    private static final String EXAMPLE = "8.3,8.5";

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

    @Option(
            names = "--head-set",
            paramLabel = "L.H,L.H",
            description = "Silence these heads together, in place of each one alone: head 3 and head 5 of layer 8 are"
                    + " 8.3,8.5. May be given several times; each is a set of its own.")
    private List<String> sets = List.of();

    @Option(
            names = "--heads-at",
            paramLabel = "readout|all",
            description = "Where heads of --head-set are silenced: at the row at which an answer token is read out"
                    + " (readout, the default), or at all text rows (all).")
    private String at;

    @Option(
            names = "--head-curves",
            description = "With --heads: rank heads on one half of the pictures and, in a second round over the other"
                    + " half, keep and cut the first 0.1 %% to 100 %% of them together, and as many random heads of"
                    + " the same layers.")
    private boolean curves;

    /** What a silenced head reads. */
    HeadFill fill() {
        HeadFill fill = Options.oneOf("--heads", heads, HeadFill.values());
        return fill == HeadFill.NONE && !sets.isEmpty() ? HeadFill.ZERO : fill;
    }

    /** Heads that are silenced together. */
    JointHeads together() {
        boolean all = at != null && Options.oneOf("--heads-at", at, Map.of("readout", false, "all", true));
        if (at != null && sets.isEmpty()) {
            throw new InputException(
                    "--heads-at",
                    "is given without --head-set, but each head alone is silenced at the read-out row only",
                    "chosen heads in --head-set",
                    "Name some, such as " + EXAMPLE + ", or leave it out");
        }
        if (curves && (fill() == HeadFill.NONE || !sets.isEmpty())) {
            throw new InputException(
                    "--head-curves",
                    sets.isEmpty()
                            ? "is given without --heads, by which heads are ranked"
                            : "is given with --head-set, under which no head is ranked",
                    "--heads zero or --heads mean alone",
                    sets.isEmpty() ? "Add it" : "Leave one of the two out");
        }
        return curves ? JointHeads.withCurves() : JointHeads.chosen(sets(), all);
    }

    private List<HeadSet> sets() {
        List<HeadSet> read = new ArrayList<>();
        for (String text : sets) {
            HeadSet set = HeadSet.parse(text)
                    .orElseThrow(() -> Options.wrong(
                            "--head-set", text, "heads as LAYER.HEAD, each once, separated by commas", EXAMPLE));
            if (read.contains(set)) {
                throw new InputException("--head-set", "holds " + set + " twice", "each set once", "Drop one of them");
            }
            read.add(set);
        }
        return read;
    }

    /**
     * Refuses heads that a model does not have.
     *
     * @throws InputException naming the first
     */
    public static void require(JointHeads heads, ModelShape shape) {
        for (HeadSet set : heads.sets()) {
            set.beyond(shape).ifPresent(head -> {
                throw new InputException(
                        "--head-set",
                        "names head " + head + ", which this model does not have",
                        "layers 0 to " + (shape.layers() - 1) + ", heads 0 to " + (shape.heads() - 1),
                        "Name others");
            });
        }
    }
}
