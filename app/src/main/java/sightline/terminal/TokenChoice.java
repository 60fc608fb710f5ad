package sightline.terminal;

import java.util.Objects;

/**
 * A token that could have been said, and how likely it was.
 *
 * @param token its text, a leading space kept
 * @param probability from 0 to 1
 */
public record TokenChoice(String token, double probability) {
    public TokenChoice {
        Objects.requireNonNull(token);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is " + probability + ", expected 0 to 1");
        }
    }
}
