package sightline.knockout;

import java.util.Objects;

/**
 * What each query head reads at the read-out rows on average, over calibration samples: what a silenced head reads in place of
 * zeros. Equal if their names are.
 *
 * @param name says which means these are: the hash of their file, for instance
 * @param values [answer token, from {@value #TOKENS} on the last][layer][head · head size], as attention has them before the
 *     output projection; not written to
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes at the 11B model's shapes
public record HeadMeans(String name, float[][][] values) {
    /** How many answer tokens have means of their own; later ones have those of the last of these. */
    public static final int TOKENS = 3;

    /** @throws IllegalArgumentException if there are none, or not as many in each layer */
    public HeadMeans {
        Objects.requireNonNull(name);
        if (values.length == 0 || values.length > TOKENS || values[0].length == 0) {
            throw new IllegalArgumentException(
                    "means of " + values.length + " answer tokens, expected 1 to " + TOKENS + " with a layer or more");
        }
        for (float[][] token : values) {
            for (float[] layer : token) {
                if (token.length != values[0].length || layer.length != values[0][0].length) {
                    throw new IllegalArgumentException("means of unequal shape, " + name);
                }
            }
        }
    }

    /** How many decoder layers they are of. */
    public int layers() {
        return values[0].length;
    }

    /** Channels of all heads of a layer. */
    public int width() {
        return values[0][0].length;
    }

    /**
     * Whose means a text row has: those of the answer token that is read out there, of the first one in rows before.
     *
     * @param promptTokens P; row P − 1 + i is the read-out row of answer token i
     */
    public int token(int row, int promptTokens) {
        return Math.max(0, Math.min(row - (promptTokens - 1), values.length - 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadMeans its && name.equals(its.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
