package sightline.knockout;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;
import sightline.text.TokenRole;

/**
 * What is there when one answer token is read out: the prompt's roles, the answer tokens so far, and the picture. Token sets
 * are resolved against it.
 *
 * @param promptRoles the role of every prompt token
 * @param answerToken how many answer tokens stand behind the prompt
 * @param picture the picture's tokens
 */
@SuppressWarnings("ArrayRecordComponent") // one lookup per row and set; copied on the way in
public record Layout(TokenRole[] promptRoles, int answerToken, PictureTokens picture) {
    public Layout {
        promptRoles = promptRoles.clone();
        Objects.requireNonNull(picture);
    }

    /** Text rows in context. */
    public int length() {
        return promptRoles.length + answerToken;
    }

    /** The last text row. */
    public int last() {
        return length() - 1;
    }

    /** The role of a text row. */
    public TokenRole role(int row) {
        return row < promptRoles.length ? promptRoles[row] : TokenRole.ANSWER;
    }

    /** The first text row that stands for the picture; −1 if none does. */
    public int imagePosition() {
        return Arrays.asList(promptRoles).indexOf(TokenRole.IMAGE);
    }

    /**
     * The text rows of a set.
     *
     * @throws IllegalArgumentException for the picture's tokens, where they do not stand among the text rows one by one
     */
    public BitSet rows(TokenSet set) {
        BitSet rows = new BitSet(length());
        if (set instanceof TokenSet.Last) {
            rows.set(last());
        } else if (set instanceof TokenSet.BeforeLast) {
            rows.set(0, last());
        } else if (set instanceof TokenSet.BeforeImage) {
            rows.set(0, Math.max(0, imagePosition()));
        } else if (set instanceof TokenSet.Role of) {
            for (int row = 0; row < last(); row++) {
                rows.set(row, role(row) == of.role());
            }
        } else if (set instanceof TokenSet.Rows some) {
            rows.or(some.rows().get(0, length()));
        } else if (set instanceof TokenSet.Drawn drawn) {
            drawn.order().subList(0, rows(drawn.asMany()).cardinality()).forEach(rows::set);
        } else if (set instanceof TokenSet.Complement complement) {
            rows.set(0, length());
            rows.andNot(rows(complement.of()));
        } else if (set instanceof TokenSet.Union union) {
            union.of().forEach(part -> rows.or(rows(part)));
        } else {
            int[] imageRows = imageRows();
            visionTokens(set).stream().forEach(token -> rows.set(imageRows[token]));
        }
        return rows;
    }

    private int[] imageRows() {
        int[] rows = IntStream.range(0, promptRoles.length)
                .filter(row -> promptRoles[row] == TokenRole.IMAGE)
                .toArray();
        if (rows.length != picture.all()) {
            throw new IllegalArgumentException(
                    rows.length + " text rows do not stand for " + picture.all() + " vision tokens");
        }
        return rows;
    }

    /**
     * The vision tokens of a set.
     *
     * @throws IllegalArgumentException for sets of text rows
     */
    public BitSet visionTokens(TokenSet set) {
        BitSet tokens = new BitSet(picture.all());
        if (set instanceof TokenSet.ImageTokens) {
            tokens.set(0, picture.all());
        } else if (set instanceof TokenSet.Region region) {
            tokens.or(region.tokens().get(0, picture.all()));
        } else if (set instanceof TokenSet.Complement complement) {
            tokens.set(0, picture.all());
            tokens.andNot(visionTokens(complement.of()));
        } else if (set instanceof TokenSet.Union union) {
            union.of().forEach(part -> tokens.or(visionTokens(part)));
        } else {
            throw new IllegalArgumentException(set + " holds no vision tokens");
        }
        return tokens;
    }

    /** What a set holds of all that rows can read in a medium: text rows or vision tokens. */
    public BitSet in(Medium medium, TokenSet set) {
        return medium == Medium.TEXT ? rows(set) : visionTokens(set);
    }
}
