package sightline.model;

import java.util.BitSet;

/**
 * What one text row reads in a self-attention layer: positions up to itself, less what a cut blocks.
 *
 * @param pattern how they are weighed
 * @param blocked positions left out, none behind the row itself; null if none
 */
public record SelfView(Pattern pattern, BitSet blocked) {
    /** How the positions are weighed. */
    public enum Pattern {
        /** Softmax over the positions left. */
        SOFTMAX,
        /** The mean over all positions up to the row, blocked ones too. */
        MEAN,
        /** Nothing. */
        NOTHING
    }

    /** Nothing is blocked. */
    public static final SelfView UNCUT = new SelfView(Pattern.SOFTMAX, null);

    private static final SelfView MEAN = new SelfView(Pattern.MEAN, null);
    private static final SelfView NOTHING = new SelfView(Pattern.NOTHING, null);

    /**
     * The view of a row.
     *
     * @param row text position
     * @param cut the layer's cut, or null
     */
    public static SelfView of(int row, Cut cut) {
        if (cut == null || !cut.targets().get(row)) {
            return UNCUT;
        }
        BitSet blocked = cut.sources().get(0, row + 1);
        int count = blocked.cardinality();
        if (count == 0) {
            return UNCUT;
        }
        if (count <= row) {
            return new SelfView(Pattern.SOFTMAX, blocked);
        }
        return cut.masking() == Masking.PAPER ? MEAN : NOTHING;
    }

    /** Whether anything is read of the positions before this row. */
    public boolean readsBefore(int row) {
        return switch (pattern) {
            case SOFTMAX -> blocked == null || blocked.get(0, row).cardinality() < row;
            case MEAN -> row > 0;
            case NOTHING -> false;
        };
    }
}
