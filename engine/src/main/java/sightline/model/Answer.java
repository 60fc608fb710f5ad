package sightline.model;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the model says.
 *
 * @param tokens the answer's token ids, without the stop token
 * @param text the tokens decoded, special tokens skipped
 * @param finished whether a stop token ended it; false if it reached the most tokens allowed
 * @param stop the stop token that ended it, if the model said one
 */
public record Answer(int[] tokens, String text, boolean finished, OptionalInt stop) {
    public Answer {
        Objects.requireNonNull(tokens);
        Objects.requireNonNull(text);
        Objects.requireNonNull(stop);
    }

    /** An answer that was given, or of which the stop token does not matter. */
    public Answer(int[] tokens, String text, boolean finished) {
        this(tokens, text, finished, OptionalInt.empty());
    }
}
