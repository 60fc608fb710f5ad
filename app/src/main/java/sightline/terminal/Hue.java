package sightline.terminal;

/**
 * A pathway's colour, as one of the 256 that terminals share. These are the nearest to the project's palette that keep a
 * contrast of 2.8 or more on black and on white alike, since a program cannot know the background.
 */
public enum Hue {
    /** Image to last. */
    ORANGE(172),
    /** Image to question. */
    PURPLE(98),
    /** Question to last. */
    GREEN(36),
    /** Last to last. */
    RED(160),
    /** No colour of its own. */
    NONE(-1);

    private final int code;

    Hue(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The colour of a pathway by its name; {@link #NONE} for all but the four published ones. */
    public static Hue ofPathway(String name) {
        return switch (name) {
            case "image_to_last" -> ORANGE;
            case "image_to_question" -> PURPLE;
            case "question_to_last" -> GREEN;
            case "last_to_last" -> RED;
            default -> NONE;
        };
    }
}
