package sightline.cluster;

import java.util.Optional;
import java.util.function.Consumer;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import sightline.error.InputException;

/**
 * Takes what tasks bring back. Spark calls it once for each partition, however often its task was begun, and from one thread.
 * What it throws ends the job.
 */
final class Keeper extends AbstractFunction2<Object, TaskResult, BoxedUnit> {
    private final Consumer<String> keep;
    private Optional<RuntimeException> failure = Optional.empty();

    /** @param keep takes one sample's result after the other */
    Keeper(Consumer<String> keep) {
        this.keep = keep;
    }

    @Override
    public synchronized BoxedUnit apply(Object partition, TaskResult result) {
        rethrow(); // of what comes after a failure nothing is kept
        try {
            if (!result.problem().isEmpty()) {
                throw new InputException(
                        result.host(),
                        "cannot do its part: " + result.problem().replaceFirst("\\.$", ""),
                        "",
                        "What was finished is kept; mend that and give the same command again");
            }
            for (String sample : result.results()) {
                keep.accept(sample);
            }
            return BoxedUnit.UNIT;
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Throws what this has thrown, if anything. */
    synchronized void rethrow() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
