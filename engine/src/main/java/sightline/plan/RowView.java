package sightline.plan;

import java.util.BitSet;
import java.util.Objects;
import sightline.knockout.Edit;
import sightline.knockout.Masking;

/**
 * What one text row reads in one layer: of the text rows up to itself, or of the vision tokens.
 *
 * @param weighing how the keys are weighed
 * @param keys how many keys are in view, from the first on: text rows or vision tokens; 0 if nothing is read
 * @param blocked keys in view that are left out of a softmax; null if none
 * @param silenced query heads whose reading is replaced, and by what; null if none
 */
public record RowView(Weighing weighing, int keys, BitSet blocked, Edit.Silence silenced) {
    /** How keys are weighed. */
    public enum Weighing {
        /** As the row's query has it. */
        SOFTMAX,
        /** All alike. */
        MEAN
    }

    /** Nothing is read. */
    public static final RowView NOTHING = new RowView(Weighing.MEAN, 0, null, null);

    /** Softmax over the first keys. */
    public static RowView softmax(int keys) {
        return new RowView(Weighing.SOFTMAX, keys, null, null);
    }

    /** The mean over the first keys. */
    public static RowView mean(int keys) {
        return new RowView(Weighing.MEAN, keys, null, null);
    }

    /** Written out since records' own is slow at its first call. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RowView its
                && weighing == its.weighing
                && keys == its.keys
                && Objects.equals(blocked, its.blocked)
                && Objects.equals(silenced, its.silenced);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Objects.hashCode(blocked) + Objects.hashCode(silenced)) + 2 * keys + weighing.hashCode();
    }

    /** Whether the row's query decides what it reads. */
    public boolean asks() {
        return weighing == Weighing.SOFTMAX;
    }

    /** Whether any of the first keys is read. */
    public boolean readsBefore(int end) {
        int first = blocked == null ? 0 : blocked.nextClearBit(0);
        return first < Math.min(end, keys);
    }

    /**
     * How many text rows are read, from the first on, beside the row itself: those before it, all in context if its mean is
     * over these, or none.
     */
    int reach(int row) {
        return readsBehind(row) ? keys : readsBefore(row) ? row : 0;
    }

    /** Whether text rows behind the row itself are read. */
    boolean readsBehind(int row) {
        return keys > row + 1;
    }

    /**
     * The same row with edges cut. What a row reads that has none left, its masking says; a row that reads nothing to begin
     * with goes on so (METHOD section 4). One that reads a mean reads the mean of all its keys until the last is cut: its
     * scores are all the same very negative number, which a cut adds once more.
     *
     * @param sources keys that are no longer read
     * @param all how many keys an emptied row takes the mean of
     */
    RowView without(BitSet sources, Masking masking, int all) {
        BitSet cut = sources.get(0, keys);
        int left = keys - cut.cardinality();
        if (left == keys || (left > 0 && weighing == Weighing.MEAN)) {
            return this;
        }
        if (left > 0) {
            return new RowView(weighing, keys, cut, silenced);
        }
        return new RowView(Weighing.MEAN, masking == Masking.PAPER ? all : 0, null, silenced);
    }

    /** The same row with some query heads silenced. */
    RowView silencing(Edit.Silence heads) {
        return heads.isEmpty() ? this : new RowView(weighing, keys, blocked, heads);
    }

    /** The same row with every query head as it reads: rows that are alike in this share an attention. */
    public RowView unsilenced() {
        return silenced == null ? this : new RowView(weighing, keys, blocked, null);
    }
}
