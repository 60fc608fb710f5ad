package sightline.text;

import java.util.List;
import java.util.Objects;

/**
 * The text of the user's turn, as it goes into the chat template.
 *
 * @param text the whole text
 * @param spans who wrote which part: {@link TokenRole#INSTRUCTION}, {@link TokenRole#QUESTION} and {@link
 *     TokenRole#CHOICES}, in order, without gap or overlap, over all of {@code text}; in code points
 * @param maxNewTokens how many tokens an answer may have at most; at least 1
 */
public record Prompt(String text, List<Span> spans, int maxNewTokens) {
    /** @throws IllegalArgumentException if the spans do not tile the text or the limit is below 1 */
    public Prompt {
        Objects.requireNonNull(text, "text");
        spans = List.copyOf(spans);
        int end = 0;
        for (Span span : spans) {
            if (span.start() != end) {
                throw new IllegalArgumentException("span " + span + " does not begin where the last one ended: " + end);
            }
            switch (span.role()) {
                case INSTRUCTION, QUESTION, CHOICES -> end = span.end();
                default -> throw new IllegalArgumentException("the user's text cannot have role " + span.role());
            }
        }
        if (end != text.codePointCount(0, text.length())) {
            throw new IllegalArgumentException("spans end at code point " + end + ", the text elsewhere");
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, not " + maxNewTokens);
        }
    }
}
