package sightline.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sightline.error.InputException;
import sightline.files.Journal;

/** The lines of a run's journals that are of samples in its dataset. Whoever reads journals reads them here. */
final class RunLines {
    private RunLines() {}

    /** Takes one line. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void line(TracedLine line) throws E;
    }

    /**
     * Visits journal after journal. Of a sample in the dataset there may be failed lines and one that did not fail.
     *
     * @throws InputException naming file and line if a line cannot be of this run or contradicts another; if the dataset's
     *     samples are not those that the manifest names
     */
    static <E extends Exception> void visit(RunFolder folder, Visitor<E> visitor) throws E {
        LineRules rules = LineRules.read(folder);
        visit(folder, rules, CurrentSamples.read(folder, rules), visitor);
    }

    /** The same for a dataset that is at hand. */
    static <E extends Exception> void visit(RunFolder folder, CurrentSamples current, Visitor<E> visitor) throws E {
        visit(folder, LineRules.read(folder), Optional.of(current), visitor);
    }

    private static <E extends Exception> void visit(
            RunFolder folder, LineRules rules, Optional<CurrentSamples> current, Visitor<E> visitor) throws E {
        Map<SampleIdentity, String> finished = new HashMap<>();
        Map<Long, String> untold = new HashMap<>();
        for (Path journal : folder.journals()) {
            Journal.<E>read(journal, (entry, number) -> {
                TracedLine line = TracedLine.of(entry, journal, number, rules);
                String place = journal + ", line " + number;
                if (!line.failed()) {
                    requireFirst(line.id(), place, finished.put(line.identity(), place));
                }
                if (current.isEmpty() && !line.failed()) { // all lines count, and then ids alone tell samples apart
                    requireFirst(line.id(), place, untold.put(line.id(), place));
                }
                if (current.isEmpty() || current.get().has(line.identity())) {
                    visitor.line(line);
                }
            });
        }
    }

    private static void requireFirst(long id, String place, String before) {
        if (before != null) {
            throw new InputException(
                    place,
                    "holds numbers of sample " + id + " a second time; the first are in " + before,
                    "one finished line of each sample",
                    "Delete both lines and resume the run: the sample is then traced again");
        }
    }
}
