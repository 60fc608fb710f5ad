package sightline.study;

import sightline.console.Interruption;

/** How a step that can be stopped ended. */
enum StepEnd {
    /** All is done. */
    FINISHED(0),
    /** It was asked to stop: what is done is kept, and the same command goes on from there. */
    STOPPED(Interruption.STATUS);

    private final int status;

    StepEnd(int status) {
        this.status = status;
    }

    /** The exit status of a command that consists of this step. */
    int status() {
        return status;
    }
}
