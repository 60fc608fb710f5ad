package sightline.measure;

import java.util.List;
import sightline.tensor.Roofline;
import sightline.tensor.Work;

/**
 * A step of a sample, timed.
 *
 * @param name of the step
 * @param work the products that it was planned to consist of
 * @param seconds that it took, everything else included
 */
public record Phase(String name, List<Work> work, double seconds) {
    public Phase {
        work = List.copyOf(work);
    }

    /** Floating-point operations of the plan. */
    public double operations() {
        return work.stream().mapToDouble(Work::operations).sum();
    }

    /** Planned operations a second. */
    public double rate() {
        return operations() / seconds;
    }

    /** The seconds that the products alone take at the rates of their own shapes. */
    public double predicted(Roofline roofline) {
        return work.stream().mapToDouble(roofline::seconds).sum();
    }

    /** This phase with the time of another run of it if that was shorter. */
    Phase fastest(Phase other) {
        return seconds <= other.seconds ? this : other;
    }
}
