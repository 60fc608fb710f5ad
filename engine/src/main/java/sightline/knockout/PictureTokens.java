package sightline.knockout;

/**
 * A picture as token sets see it: how many vision tokens there are. They are numbered tile · tokens per tile + token, those
 * of tiles that hold picture first.
 *
 * @param valid tokens of tiles that hold picture
 * @param all tokens of all tiles, padding tiles included
 */
public record PictureTokens(int valid, int all) {
    /** @throws IllegalArgumentException if there are more valid ones than there are, or fewer than none */
    public PictureTokens {
        if (valid < 0 || all < valid) {
            throw new IllegalArgumentException(valid + " valid of " + all + " vision tokens");
        }
    }
}
