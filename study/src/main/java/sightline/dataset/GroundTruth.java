package sightline.dataset;

import java.util.Objects;

/**
 * An answer that a person gave. VQAv2 keeps more of it than its text, and its official metric tells two equal texts apart
 * by that, so nothing is dropped.
 *
 * @param text the answer
 * @param confidence VQAv2's {@code answer_confidence}; empty where the file has none
 * @param answerId VQAv2's {@code answer_id}; -1 where the file has none
 */
public record GroundTruth(String text, String confidence, int answerId) {
    public GroundTruth {
        Objects.requireNonNull(text);
        Objects.requireNonNull(confidence);
    }

    /** An answer of which only the text is known. */
    public static GroundTruth of(String text) {
        return new GroundTruth(text, "", -1);
    }
}
