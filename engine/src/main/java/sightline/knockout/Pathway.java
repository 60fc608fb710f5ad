package sightline.knockout;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sightline.model.Cut;
import sightline.model.Masking;
import sightline.model.Medium;

/**
 * Attention edges to cut: from a source token set to a target token set. Data, not code.
 *
 * @param name as in results and on the command line
 * @param source what is no longer read
 * @param target the text positions that no longer read it
 */
public record Pathway(String name, Source source, TextTokens target) {
    /** Where the cut edges come from. */
    public sealed interface Source {}

    /** Text positions: cut in self-attention layers. */
    public record Text(TextTokens tokens) implements Source {
        public Text {
            Objects.requireNonNull(tokens);
        }
    }

    /**
     * Vision tokens: cut in cross-attention layers.
     *
     * @param region token numbers (tile · tokens per tile + token); empty for all vision tokens, padding tiles included
     */
    public record Image(Optional<BitSet> region) implements Source {
        public Image {
            region = region.map(set -> (BitSet) set.clone()); // a pathway is a key of maps
        }

        /** Token numbers; a copy. */
        @Override
        public Optional<BitSet> region() {
            return region.map(set -> (BitSet) set.clone());
        }
    }

    /** In self-attention, the last position to itself (METHOD section 4, as are the three below). */
    public static final Pathway LAST_TO_LAST =
            new Pathway("last_to_last", new Text(new TextTokens.Last()), new TextTokens.Last());

    /** In self-attention, the last position to every earlier one. */
    public static final Pathway QUESTION_TO_LAST =
            new Pathway("question_to_last", new Text(new TextTokens.BeforeLast()), new TextTokens.Last());

    /** In cross-attention, the last position to every vision token. */
    public static final Pathway IMAGE_TO_LAST =
            new Pathway("image_to_last", new Image(Optional.empty()), new TextTokens.Last());

    /** In cross-attention, every position before the last to every vision token. */
    public static final Pathway IMAGE_TO_QUESTION =
            new Pathway("image_to_question", new Image(Optional.empty()), new TextTokens.BeforeLast());

    /** The four published pathways. The fifth published block type, full_attention, cuts nothing: the baseline. */
    public static final List<Pathway> PUBLISHED =
            List.of(LAST_TO_LAST, QUESTION_TO_LAST, IMAGE_TO_LAST, IMAGE_TO_QUESTION);

    /** @throws IllegalArgumentException if the name is blank */
    public Pathway {
        Objects.requireNonNull(source);
        Objects.requireNonNull(target);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pathway needs a name");
        }
    }

    /** The kind of layer in which this pathway can be cut. */
    public Medium medium() {
        return source instanceof Text ? Medium.SELF_ATTENTION : Medium.CROSS_ATTENTION;
    }

    /**
     * The cut in one layer.
     *
     * @param visionTokens vision tokens of all tiles
     */
    public Cut cut(TextTokens.Context context, int visionTokens, Masking masking) {
        BitSet sources;
        if (source instanceof Text text) {
            sources = text.tokens().in(context);
        } else {
            BitSet all = new BitSet();
            all.set(0, visionTokens);
            sources = ((Image) source).region().orElse(all);
        }
        return new Cut(medium(), target.in(context), sources, masking);
    }

    /** Whether there is anything to cut: a position in the target that reads one in the source. */
    public boolean cutsAnything(TextTokens.Context context) {
        BitSet targets = target.in(context);
        if (source instanceof Text text) {
            BitSet sources = text.tokens().in(context);
            // A row reads itself and rows before it.
            return !sources.isEmpty() && !targets.isEmpty() && sources.nextSetBit(0) < targets.length();
        }
        return !targets.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
