package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Cuts of edges from some of a picture's tokens: a box's, or all others. Not named before a picture is known. */
public final class RegionCut {
    /** The tokens of the boxes that are asked about. */
    public static final String INSIDE = "region";

    /** All other tokens of tiles that hold picture. */
    public static final String OUTSIDE = "outside";

    private RegionCut() {}

    /** Which text rows lose their edges. Rows before the image never do: they saw no picture. */
    public enum Target {
        /** The last row. */
        LAST,
        /** Rows from the image token to the last but one. */
        QUESTION,
        /** Rows from the image token on. */
        ALL;

        /** As in results. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Rows that stand for the picture itself go on reading one another. */
        private TokenSet rows(Medium imageMedium) {
            if (this == LAST) {
                return new TokenSet.Last();
            }
            List<TokenSet> others = new ArrayList<>(List.of(new TokenSet.BeforeImage()));
            if (this == QUESTION) {
                others.add(new TokenSet.Last());
            }
            if (imageMedium == Medium.TEXT) {
                others.add(new TokenSet.ImageTokens());
            }
            return new TokenSet.Complement(new TokenSet.Union(others));
        }
    }

    /**
     * A cut.
     *
     * @param source what the tokens are called: {@link #INSIDE}, or a name of its own
     * @param tokens vision tokens by number
     * @param imageMedium how the family's text rows read the picture
     */
    public static Intervention of(String source, BitSet tokens, Target target, Medium imageMedium) {
        return new Intervention(
                name(source, target), Act.cut(imageMedium, target.rows(imageMedium), new TokenSet.Region(tokens)));
    }

    /** The cut of all other tokens than these. */
    public static Intervention outside(BitSet tokens, PictureTokens picture, Target target, Medium imageMedium) {
        BitSet others = new BitSet();
        others.set(0, picture.valid());
        others.andNot(tokens);
        return of(OUTSIDE, others, target, imageMedium);
    }

    /** As in results: {@code region_to_last}. */
    public static String name(String source, Target target) {
        return source + "_to_" + target;
    }
}
