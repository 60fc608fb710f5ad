package sightline.text;

import java.util.Objects;

/**
 * Where a user's words come from, for errors about them.
 *
 * @param question the place of the question
 * @param choice that of an answer to choose from
 * @param answer that of the answer
 */
public record WordPlaces(String question, String choice, String answer) {
    /** The options of the command line. */
    public static final WordPlaces OPTIONS = new WordPlaces("--question", "--choice", "--answer");

    public WordPlaces {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(answer, "answer");
    }

    /** The fields of one entry of a file; its name is followed by theirs. */
    public static WordPlaces of(String entry) {
        return new WordPlaces(entry + ", question", entry + ", a choice", entry + ", answer");
    }
}
