package sightline.model;

import java.util.BitSet;

/**
 * What one text row reads in a cross-attention layer.
 *
 * <p>The row reading decides for rows that saw no image to begin with; a cut replaces only the pattern (METHOD section 4).
 *
 * @param pattern which vision tokens, and how they are weighed
 * @param blocked vision tokens left out; null if none
 */
public record CrossView(Pattern pattern, BitSet blocked) {
    /** Which vision tokens, and how they are weighed. */
    public enum Pattern {
        /** Softmax over the tokens of the valid tiles. */
        VALID_TILES,
        /** Softmax over the tokens of all tiles, padding ones too. */
        ALL_TILES,
        /** The mean over the tokens of all tiles. */
        MEAN,
        /** Nothing. */
        NOTHING
    }

    private static final CrossView SEES = new CrossView(Pattern.VALID_TILES, null);
    private static final CrossView SEES_ALL = new CrossView(Pattern.ALL_TILES, null);
    private static final CrossView MEAN = new CrossView(Pattern.MEAN, null);
    private static final CrossView NOTHING = new CrossView(Pattern.NOTHING, null);

    /** Whether the row's query decides what it reads. */
    public boolean asks() {
        return pattern == Pattern.VALID_TILES || pattern == Pattern.ALL_TILES;
    }

    /**
     * The view of a row.
     *
     * @param row text position
     * @param image text position of the image token: rows before it may see no vision token
     * @param reading what such rows do
     * @param cut the layer's cut, or null
     * @param validTokens vision tokens of valid tiles; they come first
     * @param allTokens vision tokens of all tiles
     */
    public static CrossView of(int row, int image, RowReading reading, Cut cut, int validTokens, int allTokens) {
        CrossView uncut = row >= image
                ? SEES
                : switch (reading) {
                    case TRANSFORMERS -> SEES_ALL;
                    case META -> NOTHING;
                    case PAPER -> MEAN;
                };
        if (cut == null || !cut.targets().get(row) || uncut.pattern == Pattern.NOTHING) {
            return uncut;
        }
        int reachable = uncut.pattern == Pattern.VALID_TILES ? validTokens : allTokens;
        int left = reachable - cut.sources().get(0, reachable).cardinality();
        if (left == reachable) {
            return uncut;
        }
        if (left > 0) {
            return new CrossView(uncut.pattern, cut.sources());
        }
        return cut.masking() == Masking.PAPER ? MEAN : NOTHING;
    }
}
