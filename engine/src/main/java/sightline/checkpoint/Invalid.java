package sightline.checkpoint;

import java.nio.file.Path;
import sightline.error.InputException;

/** Errors about a value of {@code config.json}, thrown before the record that checks it knows its file. */
public final class Invalid {
    /** Stands for the file until the {@link ConfigReader} knows better. */
    public static final String PLACE = "config.json";

    /** What to do about it. */
    public static final String NEXT_STEP = "Use the config.json that was published with the checkpoint";

    private static final int LARGEST_SIZE = 1 << 20;
    private static final int MOST_LAYERS = 1 << 12;

    private Invalid() {}

    /**
     * Refuses another file of the checkpoint that contradicts {@code config.json}.
     *
     * @param says what it says, with the number
     * @param configSays what the configuration says, with its number
     */
    public static void requireAgreed(Path file, String says, int value, String configSays, int expected) {
        if (value != expected) {
            throw new InputException(
                    file.toString(),
                    says + " " + value + ", but config.json has " + configSays + " " + expected,
                    "the same number in both",
                    "Take both files from the same checkpoint");
        }
    }

    /** The error about a field. */
    public static InputException field(String field, Object found, String expected) {
        return new InputException(PLACE, "`" + field + "` is " + found, expected, NEXT_STEP);
    }

    /** Refuses a field\'s value that is not so. */
    public static void requirePositive(String field, int value) {
        requireInRange(field, value, Integer.MAX_VALUE);
    }

    /** A number of channels, heads, rows or pixels; bounded so that no product of sizes can overflow a long. */
    public static void requireSize(String field, int value) {
        requireInRange(field, value, LARGEST_SIZE);
    }

    /** A number of layers. */
    public static void requireLayers(String field, int value) {
        requireInRange(field, value, MOST_LAYERS);
    }

    /** Refuses a field\'s value that is not so. */
    public static void requireInRange(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw field(field, value, "an integer from 1 to " + most);
        }
    }

    /** Refuses a field\'s value that is not so. */
    public static void requirePositive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw field(field, value, "a positive number");
        }
    }

    /** Refuses a field\'s value that is not so. */
    public static void requireDivides(String divisorField, int divisor, String field, int value) {
        if (value % divisor != 0) {
            throw field(divisorField, divisor, "a divisor of `" + field + "`, which is " + value);
        }
    }
}
