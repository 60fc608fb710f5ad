package sightline.sweep;

import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionMemory;

/** A way to compute a trace. All ways give the same numbers, up to rounding. */
public interface Sweep extends AutoCloseable {
    /**
     * Answers a request.
     *
     * @param request what is asked
     * @param seen the picture it is asked about, as this sweep's model sees it
     * @param progress hears of the work done
     * @throws IllegalStateException if the model or the picture's memory is closed
     * @throws IllegalArgumentException if the memory was made by another model, or the answer holds an id that the model
     *     cannot say
     */
    Trace run(SweepRequest request, VisionMemory seen, Progress progress);

    /** Frees what it keeps from one request to the next, if anything. */
    @Override
    default void close() {}
}
