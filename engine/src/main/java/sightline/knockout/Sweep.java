package sightline.knockout;

import sightline.model.Progress;
import sightline.model.VisionMemory;

/** A way to compute a trace. All ways give the same numbers, up to rounding. */
public interface Sweep {
    /**
     * Answers a request.
     *
     * @param request what is asked
     * @param seen the picture it is asked about
     * @param progress hears of the work done
     */
    Trace run(SweepRequest request, VisionMemory seen, Progress progress);
}
