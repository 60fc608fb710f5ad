package sightline.text;

import sightline.error.InputException;

/** What every piece of text from a user must satisfy. */
final class UserText {
    private UserText() {}

    /**
     * Refuses text that has nothing to read or is not Unicode.
     *
     * @param place the option or entry it came from
     */
    static void requireReadable(String place, String text) {
        if (text.codePoints().allMatch(PythonText::isSpace)) {
            throw new InputException(
                    place, text.isEmpty() ? "is empty" : "holds only white space", "some text", "Give the text to use");
        }
        requireUnicode(place, text);
    }

    /** Refuses half surrogate pairs: no encoding of them exists, and the native tokeniser would replace them. */
    static void requireUnicode(String place, String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
                throw new InputException(
                        place,
                        String.format("holds half a surrogate pair (\\u%04X) at index %d", (int) text.charAt(at), at),
                        "valid Unicode text",
                        "Remove or repair the character");
            }
        }
    }
}
