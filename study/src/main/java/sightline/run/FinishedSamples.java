package sightline.run;

import java.util.HashSet;
import java.util.Set;

/** Which samples of a run are done, as all its journals say. */
final class FinishedSamples {
    private final Set<Long> finished = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();
    private final Set<Long> refuted = new HashSet<>();

    private int unmeasured;
    private int likeliestFoil;

    private FinishedSamples() {}

    /**
     * Reads every journal of the run; lines of samples that are not in the dataset do not count.
     *
     * @throws sightline.error.InputException as {@link RunLines#visit}
     */
    static FinishedSamples of(RunFolder folder, CurrentSamples dataset) {
        FinishedSamples samples = new FinishedSamples();
        RunLines.visit(folder, dataset, samples::add);
        return samples;
    }

    private void add(TracedLine line) {
        (line.failed() ? failed : finished).add(line.id());
        unmeasured += line.unmeasured() ? 1 : 0;
        likeliestFoil += line.likeliestFoil() ? 1 : 0;
        if (line.refuted()) {
            refuted.add(line.id());
        }
    }

    /** Whether a sample's numbers are there. */
    boolean isFinished(long id) {
        return finished.contains(id);
    }

    /** Whether a sample was tried, with or without success. */
    boolean isTried(long id) {
        return finished.contains(id) || failed.contains(id);
    }

    /** Whether two sweeps have not agreed on a sample once: it needs proof ever after. */
    boolean isRefuted(long id) {
        return refuted.contains(id);
    }

    /** How many were finished by a version that took no measures: of those only probabilities are there. */
    int unmeasured() {
        return unmeasured;
    }

    /** How many finished ones have their first token held against the likeliest other one, whatever the run names. */
    int likeliestFoil() {
        return likeliestFoil;
    }
}
