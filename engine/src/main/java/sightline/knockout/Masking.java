package sightline.knockout;

import java.util.Locale;

/** What a row reads when a cut leaves it no attention edge at all. With some edges left, both take softmax over the rest. */
public enum Masking {
    /**
     * The mean of the value vectors of all keys, cut and padding ones included: a mean ablation. In self-attention all keys
     * up to the row itself or, as the family has it, all in context.
     */
    PAPER,
    /** Nothing: the attention output is 0, a true knockout. */
    ZERO;

    /** The name used on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
