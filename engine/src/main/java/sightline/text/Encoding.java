package sightline.text;

/**
 * Token ids of a text and where each comes from. The arrays have one entry per token and are the caller's own.
 *
 * @param ids token ids
 * @param starts first code point of each token, as the tokeniser reports it: it may leave out a leading space, and tokens
 *     that split one character overlap
 * @param ends one past the last code point; may equal the start
 */
@SuppressWarnings("ArrayRecordComponent") // a short-lived value that is read by index
public record Encoding(int[] ids, int[] starts, int[] ends) {
    /** How many tokens. */
    public int size() {
        return ids.length;
    }
}
