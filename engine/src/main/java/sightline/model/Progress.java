package sightline.model;

/** Hears how far a long computation has come. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (done, all) -> {};

    /**
     * Some work is done.
     *
     * @param done steps done so far
     * @param all steps of the whole computation
     */
    void done(int done, int all);
}
