package sightline.training;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * How far a training has come: by time or by steps.
 *
 * @param length of the whole, e.g. {@code 90 minutes}
 * @param progress tells how far it is
 */
record Pace(String length, Progress progress) {
    /** From 0, the beginning, to 1, the end. */
    interface Progress {
        /**
         * How far it is.
         *
         * @param seconds trained so far, earlier runs included
         * @param steps made so far
         */
        double done(double seconds, long steps);
    }

    /** So many minutes; how many steps that is depends on the machine. */
    static Pace minutes(double minutes) {
        String number = new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(minutes);
        return new Pace(number + " minutes", (seconds, steps) -> seconds / (60 * minutes));
    }

    /** So many steps; how long that takes depends on the machine. */
    static Pace steps(long all) {
        return new Pace(all + " steps", (seconds, steps) -> steps / (double) all);
    }
}
