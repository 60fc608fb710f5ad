package sightline.run;

import java.nio.file.Path;
import java.util.Optional;
import sightline.files.Journal;

/** The lines of a run's journals that are of samples still in its dataset. */
final class RunLines {
    private RunLines() {}

    /** Takes one line. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void line(TracedLine line) throws E;
    }

    /**
     * Visits journal after journal.
     *
     * @throws sightline.error.InputException if a journal cannot be read, or a line in it cannot be used
     */
    static <E extends Exception> void visit(RunFacts facts, Visitor<E> visitor) throws E {
        RunFolder folder = new RunFolder(facts.folder());
        Optional<CurrentSamples> current = CurrentSamples.read(folder);
        for (Path journal : folder.journals()) {
            Journal.<E>read(journal, (entry, number) -> {
                TracedLine line = TracedLine.of(entry, journal, number, facts.layers());
                if (current.isEmpty() || current.get().has(line.id(), line.identity())) {
                    visitor.line(line);
                }
            });
        }
    }
}
