package sightline.checkpoint;

import sightline.error.InputException;

/** Errors about a value of {@code config.json}, thrown before the record that checks it knows its file. */
final class Invalid {
    /** Stands for the file until {@link MllamaConfig#read} knows better. */
    static final String PLACE = "config.json";

    static final String NEXT_STEP = "Use the config.json that was published with the checkpoint";

    private static final int LARGEST_SIZE = 1 << 20;
    private static final int MOST_LAYERS = 1 << 12;

    private Invalid() {}

    static InputException field(String field, Object found, String expected) {
        return new InputException(PLACE, "`" + field + "` is " + found, expected, NEXT_STEP);
    }

    static void requirePositive(String field, int value) {
        requireInRange(field, value, Integer.MAX_VALUE);
    }

    /** A number of channels, heads, rows or pixels; bounded so that no product of sizes can overflow a long. */
    static void requireSize(String field, int value) {
        requireInRange(field, value, LARGEST_SIZE);
    }

    /** A number of layers. */
    static void requireLayers(String field, int value) {
        requireInRange(field, value, MOST_LAYERS);
    }

    static void requireInRange(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw field(field, value, "an integer from 1 to " + most);
        }
    }

    static void requirePositive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw field(field, value, "a positive number");
        }
    }

    static void requireDivides(String divisorField, int divisor, String field, int value) {
        if (value % divisor != 0) {
            throw field(divisorField, divisor, "a divisor of `" + field + "`, which is " + value);
        }
    }
}
