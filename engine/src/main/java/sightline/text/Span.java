package sightline.text;

import java.util.Objects;

/**
 * A stretch of text with one role.
 *
 * @param start first code point (not {@code char}), from 0
 * @param end one past the last code point; greater than {@code start}
 * @param role whose words they are
 */
public record Span(int start, int end, TokenRole role) {
    /** @throws IllegalArgumentException if the span is empty or starts before 0 */
    public Span {
        Objects.requireNonNull(role, "role");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span [" + start + ", " + end + ") is empty or starts before 0");
        }
    }
}
