package sightline.training;

/** How far a training has come: by time or by steps. */
interface Pace {
    /**
     * From 0, the beginning, to 1, the end.
     *
     * @param seconds trained so far, earlier runs included
     * @param steps made so far
     */
    double done(double seconds, long steps);

    /** So many minutes; how many steps that is depends on the machine. */
    static Pace minutes(double minutes) {
        return (seconds, steps) -> seconds / (60 * minutes);
    }

    /** So many steps; how long that takes depends on the machine. */
    static Pace steps(long all) {
        return (seconds, steps) -> steps / (double) all;
    }
}
