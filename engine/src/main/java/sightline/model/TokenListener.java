package sightline.model;

/** Hears each token of an answer as it is said. */
@FunctionalInterface
public interface TokenListener {
    /** Nobody listens. */
    TokenListener NONE = (token, logits) -> {};

    /**
     * A token was chosen.
     *
     * @param token its id
     * @param logits that it was chosen from (vocabulary); not to be changed
     */
    void said(int token, float[] logits);
}
