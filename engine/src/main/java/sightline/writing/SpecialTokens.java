package sightline.writing;

import java.util.List;

/**
 * Token ids that the configuration names beside the image token.
 *
 * @param begin stands before every text
 * @param end each ends an answer; one or more
 * @param padding fills up batches
 */
public record SpecialTokens(int begin, List<Integer> end, int padding) {
    public SpecialTokens {
        end = List.copyOf(end);
        if (end.isEmpty()) {
            throw new IllegalArgumentException("no end token is given, and an answer must end");
        }
    }
}
