package sightline.answering;

import sightline.error.InputException;

/** Hears how work on many samples goes. */
public interface WorkListener {
    /** Hears nothing. */
    WorkListener NONE = new WorkListener() {
        @Override
        public void done(int done, int all) {}

        @Override
        public void failed(long id, InputException why) {}
    };

    /**
     * Another sample is done, or has failed.
     *
     * @param done samples done by this call
     * @param all samples that this call has to do
     */
    void done(int done, int all);

    /** A sample cannot be done; the work goes on. */
    void failed(long id, InputException why);
}
