package sightline.training;

/** Hears how a training goes. */
public interface TrainingListener {
    /**
     * A step was made.
     *
     * @param step how many there were
     * @param done from 0 to 1
     * @param seconds trained so far, earlier runs included
     * @param state losses and accuracies of the last minute, in a line
     */
    void step(long step, double done, double seconds, String state);

    /** A line for the log. */
    void log(String line);

    /** Whether to end here and keep what was learnt; asked before each step. */
    default boolean stops() {
        return false;
    }
}
