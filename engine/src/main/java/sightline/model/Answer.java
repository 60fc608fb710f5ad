package sightline.model;

/**
 * What the model says.
 *
 * @param tokens the answer's token ids, without the stop token
 * @param text the tokens decoded, special tokens skipped
 * @param finished whether a stop token ended it; false if it reached the most tokens allowed
 */
public record Answer(int[] tokens, String text, boolean finished) {}
