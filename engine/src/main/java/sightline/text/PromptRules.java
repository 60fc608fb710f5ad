package sightline.text;

import java.util.Objects;

/**
 * How a family's processor makes a prompt of what the chat template writes.
 *
 * @param image the text of the image token, where the tokeniser's files name none
 * @param encodesBegin whether the tokeniser puts the begin token in front, as its post-processor says; if not, the processor
 *     does where the template has not written it
 * @param wholeQuestion whether a token that the question shares with other words is the question's; if not, it goes to whose
 *     most of it is
 * @param published the checkpoints whose chat template has what is asked for
 */
public record PromptRules(String image, boolean encodesBegin, boolean wholeQuestion, String published) {
    public PromptRules {
        Objects.requireNonNull(image);
        Objects.requireNonNull(published);
    }
}
