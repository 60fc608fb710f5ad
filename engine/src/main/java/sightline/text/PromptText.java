package sightline.text;

/**
 * A rendered prompt as it is tokenised: the reference's processor puts the begin token in front if it stands nowhere in
 * it, behind image tokens that come first.
 *
 * @param rendered what the template wrote
 * @param text what is tokenised
 */
record PromptText(String rendered, String text) {
    /**
     * @param begin the begin token
     * @param image the image token
     */
    static PromptText of(String rendered, String begin, String image) {
        if (rendered.contains(begin)) {
            return new PromptText(rendered, rendered);
        }
        int at = 0;
        while (rendered.startsWith(image, at)) {
            at += image.length();
        }
        return new PromptText(rendered, rendered.substring(0, at) + begin + rendered.substring(at));
    }

    /** Whether the begin token was put in front. */
    boolean isBegun() {
        return !rendered.equals(text);
    }
}
